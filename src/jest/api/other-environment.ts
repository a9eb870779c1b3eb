import type { Problem } from '../../errors/problem';
import { type OtherEnvironment, setupInSetupFiles } from '../../errors/setup';
import { fixturesInOtherEnvironment, noEnvironment } from '../../errors/tests';
import * as fs from '../../node/fs';
import * as path from '../../node/path';
import { type AnyFunction, readParameters } from '../../parameters';
import type { DescribeBlock, Globals, State, TestEntry, TestFn } from '../file/circus';
import { siteOfError } from '../report/sites';
import { ELSEWHERE } from './lookup';

/*
 * In a test file that another environment runs (a @jest-environment comment) while the setup file of ours is loaded.
 * Its tests are plain Jest, and the declarations in setup files that are shared with others come to nothing; but a
 * test or hook that asks for fixtures would be given Jest's `done` in their place, so it is told.
 */

/** What Jest tells each handler, as far as it matters here. */
type Told =
  | { readonly name: 'run_start' | 'other' }
  | { readonly name: 'test_fn_success' | 'test_fn_failure'; readonly test: TestEntry };
type Handler = (event: Told, state: State) => void;

/** The list that all handlers of jest-circus stand in; `addEventHandler` adds to it. */
const HANDLERS = Symbol.for('EVENT_HANDLERS');

/** The names of the markers, which `mark` has as functions. */
const MARKERS = ['catchLoopExceptions', 'forbidGetEventLoop', 'loopScope', 'useFixtures', 'loop'];

/** Those that are Jest's own. */
const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

const globals = require('@jest/globals') as Globals;
const sandbox = globalThis as unknown as Record<symbol, unknown> & Globals;
// In `setupFiles` there is no test framework yet.
if (globals.expect === undefined) throw errorOf(setupInSetupFiles([], true));
const { getState } = globals.expect as { getState(): { testPath?: string } };

/** Sets it up. Doing so again changes nothing. */
export function serveElsewhere(): void {
  if (sandbox[ELSEWHERE] !== undefined) return;
  const set: Globals = {};
  set.fixture = declaring('fixture', set);
  const test = lost('test');
  const api: Globals = {
    fixture: set.fixture,
    mark: Object.fromEntries(MARKERS.map(name => [name, declaring('mark', undefined)])),
    test,
    it: test,
    describe: lost('describe'),
    mergeTests: declaring('mergeTests', test),
    expect: globals.expect,
    jest: globals.jest,
  };
  for (const name of HOOKS) api[name] = globals[name];
  Object.defineProperty(sandbox, ELSEWHERE, { value: api, configurable: true });
  for (const name of ['fixture', 'mark']) sandbox[name] ??= api[name];
  tellThoseWhoAsk();
}

/** Comes to nothing in a setup file; a test file that calls it means this very file. */
function declaring(name: string, result: unknown): TestFn {
  return () => {
    if (isInTestFile()) throw errorOf(noEnvironment(name, environmentOf(getState().testPath)));
    return result;
  };
}

function isInTestFile(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const { testPath } = getState();
  return testPath !== undefined && stack!.includes(testPath);
}

/** A `test` or `describe` that a setup file may extend and export; who calls it is told. */
function lost(name: string): unknown {
  const call = (): never => {
    throw errorOf(noEnvironment(name, environmentOf(getState().testPath)));
  };
  const stand: unknown = new Proxy(call, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
      return key === 'extend' || key === 'override' ? declaring(`${name}.${key}`, stand) : stand;
    },
  });
  return stand;
}

function errorOf({ code, message, frames }: Problem): Error {
  const error = Object.assign(new Error(message), { code });
  if (frames) error.stack = `Error: ${message}\n${frames}`;
  return error;
}

function tellThoseWhoAsk(): void {
  const handlers = sandbox[HANDLERS] as Handler[] | undefined;
  // Another test framework than circus.
  if (handlers === undefined) return;
  // What tests were told and Jest has not yet taken, in order.
  const told: Error[] = [];
  const tell = (error: Error): never => {
    told.push(error);
    throw error;
  };
  watchEach(globals.test as AnyFunction, tell, new Set());
  handlers.push((event, state) => {
    if (event.name === 'run_start') replaceThoseWhoAsk(state.rootDescribeBlock, tell);
    if (event.name !== 'test_fn_success' && event.name !== 'test_fn_failure') return;
    const error = told.shift();
    // It is not the failure that the test waits for.
    if (error !== undefined && event.test.failing) event.test.errors.push([error, event.test.asyncError]);
  });
}

/** What a test that asks does. */
type Tell = (error: Error) => never;

/** Puts a function that tells in place of each that destructures what would be `done`. */
function replaceThoseWhoAsk(block: DescribeBlock, tell: Tell): void {
  for (const hook of block.hooks) {
    if (!asksAt(hook.fn, 0)) continue;
    hook.fn = () => {
      throw refusal(`${hook.type} hook`, hook.asyncError);
    };
  }
  for (const child of block.children) {
    if (child.type === 'describeBlock') replaceThoseWhoAsk(child, tell);
    else if (child.fn !== undefined && asksAt(child.fn, 0)) {
      child.fn = () => tell(refusal(`test "${child.name}"`, child.asyncError));
    }
  }
}

/** Whether the parameter is a pattern; one with a default is not asked for by Jest either. */
function asksAt(fn: AnyFunction, index: number): boolean {
  if (fn.length <= index) return false;
  return ['names', 'rest', 'computed', 'pattern'].includes(readParameters(fn, index).kind);
}

/** The functions of `.each` are known when they are called: Jest sees others in their place. */
function watchEach(test: AnyFunction, tell: Tell, seen: Set<unknown>): void {
  if (seen.has(test)) return;
  seen.add(test);
  const forms = test as unknown as Globals;
  for (const [key, form] of Object.entries(forms)) {
    if (typeof form !== 'function') continue;
    if (key === 'each') forms.each = eachThatTells(form as TestFn, tell);
    else watchEach(form, tell, seen);
  }
}

function eachThatTells(each: TestFn, tell: Tell): TestFn {
  return function eachOf(...table) {
    const register = each.apply(this, table) as TestFn;
    const place = new Error();
    Error.captureStackTrace(place, eachOf);
    return (title: unknown, fn: unknown, ...rest: unknown[]) =>
      register(
        title,
        typeof fn === 'function' ? rowThatTells(String(title), fn as TestFn, place, tell) : fn,
        ...rest,
      );
  };
}

function rowThatTells(title: string, fn: TestFn, place: Error, tell: Tell): TestFn {
  const row: TestFn = function (...args) {
    const last = args.at(-1);
    const hasDone = typeof last === 'function' && last.name === 'done';
    if (asksAt(fn, hasDone ? args.length - 1 : args.length)) tell(refusal(`test "${title}"`, place));
    return fn.apply(this, args);
  };
  return Object.defineProperty(row, 'length', { value: fn.length });
}

/** The error for who asks. */
function refusal(label: string, asyncError: Error): Error {
  const { testPath } = getState();
  const site = siteOfError(asyncError, process.cwd());
  const file = testPath === undefined ? 'this file' : path.relative(process.cwd(), testPath);
  return errorOf(
    fixturesInOtherEnvironment({ label, site }, file.split(path.sep).join('/'), environmentOf(testPath)),
  );
}

/** What the file's own comment names, else what the globals look like. */
function environmentOf(testPath: string | undefined): OtherEnvironment {
  const inComment = commentOf(testPath);
  return { name: inComment ?? environmentHere(), inComment: inComment !== undefined };
}

function commentOf(testPath: string | undefined): string | undefined {
  try {
    const [comment] = /\/\*\*[\s\S]*?\*\//.exec(fs.readFileSync(testPath!, 'utf8')) ?? [];
    return /@jest-environment\s+(\S+)/.exec(comment ?? '')?.[1];
  } catch {
    return undefined;
  }
}

/** Nothing in the sandbox says which `testEnvironment` the configuration names. */
function environmentHere(): string | undefined {
  const { window, navigator, happyDOM } = sandbox as Globals;
  if (window === undefined) return 'node';
  if (happyDOM !== undefined) return 'happy-dom';
  const { userAgent } = Object(navigator) as { userAgent?: unknown };
  return String(userAgent).includes('jsdom') ? 'jsdom' : undefined;
}

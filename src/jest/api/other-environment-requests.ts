import { fixturesInOtherEnvironment } from '../../errors/project/environment';
import * as path from '../../node/path';
import { type AnyFunction, readParameters } from '../../parameters';
import type { DescribeBlock, Globals, State, TestEntry, TestFn } from '../file/circus';
import { eventHandlers } from '../file/event-handlers';
import { siteOfError } from '../report/sites';
import { currentTestPath, environmentOf, errorOf, jestGlobals, sandbox } from './other-environment-info';

/** Jest's events, as far as they matter here. */
type Event =
  | { readonly name: 'run_start' | 'other' }
  | { readonly name: 'test_fn_success' | 'test_fn_failure'; readonly test: TestEntry };
type Handler = (event: Event, state: State) => void;

/** Throws the error of a test that requests fixtures. */
type Refuse = (error: Error) => never;

/** Lets each test and hook that requests fixtures fail: another environment provides none. */
export function refuseFixtures(): void {
  const handlers = eventHandlers(sandbox) as Handler[];
  // Another test framework than circus, which has some of its own.
  if (handlers.length === 0) return;
  // The errors thrown by tests that Jest has not yet received, in order.
  const thrown: Error[] = [];
  const refuse = (error: Error): never => {
    thrown.push(error);
    throw error;
  };
  watchEach(jestGlobals.test as AnyFunction, refuse, new Set());
  handlers.push((event, state) => {
    if (event.name === 'run_start') replaceRequesters(state.rootDescribeBlock, refuse);
    if (event.name !== 'test_fn_success' && event.name !== 'test_fn_failure') return;
    const error = thrown.shift();
    // It is not the failure that `test.failing` expects.
    if (error !== undefined && event.test.failing) event.test.errors.push([error, event.test.asyncError]);
  });
}

/** Replaces each function that destructures its `done` with one that throws. */
function replaceRequesters(block: DescribeBlock, refuse: Refuse): void {
  for (const hook of block.hooks) {
    if (!requestsAt(hook.fn, 0)) continue;
    hook.fn = () => {
      throw refusal(`${hook.type} hook`, hook.asyncError);
    };
  }
  for (const child of block.children) {
    if (child.type === 'describeBlock') replaceRequesters(child, refuse);
    else if (child.fn !== undefined && requestsAt(child.fn, 0)) {
      child.fn = () => refuse(refusal(`test "${child.name}"`, child.asyncError));
    }
  }
}

/** Whether the parameter is a pattern. Jest passes nothing to one with a default. */
function requestsAt(fn: AnyFunction, index: number): boolean {
  if (fn.length <= index) return false;
  return ['names', 'rest', 'computed', 'pattern'].includes(readParameters(fn, index).kind);
}

/** Jest wraps the functions of `.each`, so those are read when they are called. */
function watchEach(test: AnyFunction, refuse: Refuse, seen: Set<unknown>): void {
  if (seen.has(test)) return;
  seen.add(test);
  const forms = test as unknown as Globals;
  for (const [key, form] of Object.entries(forms)) {
    if (typeof form !== 'function') continue;
    if (key === 'each') forms.each = refusingEach(form as TestFn, refuse);
    else watchEach(form, refuse, seen);
  }
}

function refusingEach(each: TestFn, refuse: Refuse): TestFn {
  return function eachOf(...table) {
    const register = each.apply(this, table) as TestFn;
    const place = new Error();
    Error.captureStackTrace(place, eachOf);
    return (title: unknown, fn: unknown, ...rest: unknown[]) =>
      register(
        title,
        typeof fn === 'function' ? refusingRow(String(title), fn as TestFn, place, refuse) : fn,
        ...rest,
      );
  };
}

function refusingRow(title: string, fn: TestFn, place: Error, refuse: Refuse): TestFn {
  const row: TestFn = function (...args) {
    const last = args.at(-1);
    const hasDone = typeof last === 'function' && last.name === 'done';
    if (requestsAt(fn, hasDone ? args.length - 1 : args.length)) refuse(refusal(`test "${title}"`, place));
    return fn.apply(this, args);
  };
  return Object.defineProperty(row, 'length', { value: fn.length });
}

function refusal(label: string, asyncError: Error): Error {
  const testPath = currentTestPath();
  const site = siteOfError(asyncError, process.cwd());
  const file = testPath === undefined ? 'this file' : path.relative(process.cwd(), testPath);
  return errorOf(
    fixturesInOtherEnvironment({ label, site }, file.split(path.sep).join('/'), environmentOf(testPath)),
  );
}

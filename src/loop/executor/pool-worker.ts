/*
 * The program of a pool's threads and processes: it runs the work that it is sent and answers with the outcome, made
 * cloneable. The pool makes the texts of errors.
 */

import { createRequire } from 'node:module';
import type * as Workerpool from 'workerpool';
import { sep } from '../../node/path';
import * as promises from '../../node/promise';
import { pathToFileURL } from '../../node/url';
import { inspect } from '../../node/util';
import { deserialize, serialize } from '../../node/v8';
import { isMainThread } from '../../node/worker-threads';
import type { RemoteError, RemoteThrown } from './executor';

/** The outcome of work. */
export type WorkOutcome =
  | { readonly kind: 'value'; readonly value: unknown }
  /** The work threw; `fatal` for an uncaught error: this worker is not used again. */
  | { readonly kind: 'thrown'; readonly thrown: RemoteThrown; readonly fatal: boolean }
  | { readonly kind: 'unloaded'; readonly reason: string; readonly thrown: RemoteThrown }
  | { readonly kind: 'unreadable' | 'not-a-function' | 'not-cloneable'; readonly reason: string }
  /** What earlier work threw after it had ended: this worker does no other. */
  | { readonly kind: 'late'; readonly thrown: readonly RemoteThrown[] };

type Callable = (...args: unknown[]) => unknown;
type Module = { readonly default?: unknown };

/** Where a function's source is valid: in an expression or, for a method, in an object. */
const FRAMES = [
  ['', ''],
  ['$member({', '})'],
] as const;
/** Istanbul's counters in an instrumented function. */
const COUNTER = /\bcov_\w+(?=\(\)\.|\.[sfb]\b)/g;
/** Deeper causes are left out: they may be circular. */
const DEPTH = 8;
/** The properties of errors with fields of their own. */
const APART = new Set(['name', 'message', 'stack', 'code', 'cause', 'errors']);

const copy = isMainThread ? (value: unknown) => deserialize(serialize(value)) : structuredClone;
const { worker } = require('workerpool') as typeof Workerpool;
let fail: ((outcome: WorkOutcome) => void) | undefined;
/** What was thrown while nothing ran. */
const late: RemoteThrown[] = [];

process.on('uncaughtException', error => {
  const thrown = describe(error);
  if (fail === undefined) late.push(thrown);
  else fail({ kind: 'thrown', thrown, fatal: true });
});

worker({
  late: () => late,
  run: (source: string, args: unknown[]) => perform(async () => compile(source), args),
  load: (path: string, args: unknown[]) => perform(() => load(path), args),
});

async function perform(find: () => Promise<Callable | WorkOutcome>, args: unknown[]): Promise<WorkOutcome> {
  if (late.length > 0) return { kind: 'late', thrown: late };
  const uncaught = new Promise<WorkOutcome>(resolve => {
    fail = resolve;
  });
  try {
    return await promises.race([findAndCall(find, args), uncaught]);
  } finally {
    fail = undefined;
  }
}

async function findAndCall(
  find: () => Promise<Callable | WorkOutcome>,
  args: unknown[],
): Promise<WorkOutcome> {
  const found = await find();
  if (typeof found !== 'function') return found;
  let value: unknown;
  try {
    value = await found(...args);
  } catch (error) {
    return { kind: 'thrown', thrown: describe(error), fatal: false };
  }
  try {
    copy(value);
    return { kind: 'value', value };
  } catch (error) {
    return { kind: 'not-cloneable', reason: (error as Error).message };
  }
}

function compile(source: string): Callable | WorkOutcome {
  const counters = [...new Set(source.match(COUNTER))];
  const names = ['$member', 'require', '__name', ...counters];
  let reason = '';
  for (const [before, after] of FRAMES) {
    try {
      const body = `return (${before}${source}\n${after})\n//# sourceURL=jest-loop-executor`;
      const require = createRequire(process.cwd() + sep);
      // esbuild wraps inner functions in `__name`.
      return new Function(...names, body)(
        member,
        require,
        (fn: unknown) => fn,
        ...counters.map(() => counter),
      );
    } catch (error) {
      // Most functions fit the first frame, so its error says most, except for a method with a computed name.
      if (reason === '' || (error as Error).name !== 'SyntaxError') reason = String(error);
    }
  }
  return { kind: 'unreadable', reason };
}

function member(object: object): unknown {
  const [key] = Reflect.ownKeys(object);
  const { value, get, set } = Object.getOwnPropertyDescriptor(object, key!)!;
  return value ?? get ?? set;
}

/** Stands in for every counter and its parts. */
const counter: unknown = new Proxy(() => counter, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : counter),
  set: () => true,
});

async function load(path: string): Promise<Callable | WorkOutcome> {
  let found: unknown;
  try {
    ({ default: found } = (await import(
      path.startsWith('file:') ? path : pathToFileURL(path).href
    )) as Module);
  } catch (error) {
    return { kind: 'unloaded', reason: String(Object(error).message), thrown: describe(error) };
  }
  // A CommonJS module is its namespace's default export, and may itself have a `default`.
  const fn = typeof found === 'function' ? found : (Object(found) as Module).default;
  if (typeof fn === 'function') return fn as Callable;
  return { kind: 'not-a-function', reason: inspect(found, { depth: 0 }) };
}

function describe(thrown: unknown, depth = DEPTH): RemoteThrown {
  const error = Object(thrown) as Partial<AggregateError & { code: unknown }>;
  if (typeof error.message !== 'string' || typeof error.stack !== 'string')
    return { value: cloneable(thrown) };
  const { name, message, stack, code, cause, errors } = error;
  const props = Object.entries(error).filter(([key]) => !APART.has(key));
  return {
    error: {
      name: String(name),
      message,
      stack: trim(stack),
      code: cloneable(code) as RemoteError['code'],
      cause: cause === undefined || depth === 0 ? undefined : describe(cause, depth - 1),
      errors: Array.isArray(errors) && depth > 0 ? errors.map(each => describe(each, depth - 1)) : undefined,
      props: Object.fromEntries(props.map(([key, value]) => [key, cloneable(value)])),
    },
  };
}

function cloneable(value: unknown): unknown {
  try {
    return copy(value);
  } catch {
    return inspect(value, { depth: 1 });
  }
}

/** The work's own stack frames. */
function trim(stack: string): string {
  const lines = stack.split('\n');
  const ours = lines.findIndex(line => /^\s+at /.test(line) && line.includes(__filename));
  return (ours < 0 ? lines : lines.slice(0, ours)).join('\n');
}

import * as texts from '../../errors/loop/executor';
import { headOf, type Problem } from '../../errors/problem';
import * as json from '../../node/json';
import { isAbsolute } from '../../node/path';
import { deserialize, serialize } from '../../node/v8';

/** Runs functions in other threads or processes: the argument of `setDefaultExecutor`. See docs/loops.md. */
export interface Executor {
  /**
   * Runs a self-contained function or the default export of a module, with cloned arguments. Aborting the signal ends
   * the work (if need be its thread or process), then rejects with the signal's reason.
   */
  run(work: Work, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
  /** Ends all threads or processes and rejects running work. Idempotent. */
  close(): Promise<void>;
}

/** A self-contained function, or the absolute path or `file:` URL of a module whose default export is one. */
export type Work = ((...args: never[]) => unknown) | string;

/** An error as it crosses threads, processes and realms. */
export interface RemoteError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string | number;
  readonly cause?: RemoteThrown;
  /** Of an AggregateError. */
  readonly errors?: readonly RemoteThrown[];
  /** The other enumerable properties; values that cannot be cloned as text. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** A thrown error or other value. */
export type RemoteThrown = { readonly error: RemoteError } | { readonly value: unknown };

/** Where a remade error keeps its description, for other realms. */
const REMOTE = Symbol.for('jest-loop.remote-error');
const BUILT_IN = /^(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)Error$/;

/**
 * An error from its description, in the realm of `ErrorConstructor`. `realm` is that realm's global object, which makes
 * a TypeError one of its own; without it, only `name` shows the class.
 */
export function remakeError(
  remote: RemoteError,
  ErrorConstructor: ErrorConstructor = Error,
  realm: object | undefined = ErrorConstructor === Error ? globalThis : undefined,
): Error {
  const error = new ErrorConstructor(remote.message);
  const { [remote.name]: Type } = (realm ?? {}) as Record<string, { prototype: object } | undefined>;
  if (BUILT_IN.test(remote.name) && Type !== undefined) Object.setPrototypeOf(error, Type.prototype);
  const remake = (thrown: RemoteThrown): unknown => remakeThrown(thrown, ErrorConstructor, realm);
  if (error.name !== remote.name) define(error, 'name', remote.name);
  define(error, 'stack', remote.stack);
  define(error, REMOTE, remote);
  if (remote.cause !== undefined) define(error, 'cause', remake(remote.cause));
  if (remote.errors !== undefined) define(error, 'errors', remote.errors.map(remake));
  if (remote.code !== undefined) define(error, 'code', remote.code, true);
  for (const [key, value] of Object.entries(remote.props)) define(error, key, value, true);
  return error;
}

/** The description of an executor's error, in any realm; undefined for any other value. */
export function remoteOf(error: unknown): RemoteError | undefined {
  return (Object(error) as Record<symbol, RemoteError | undefined>)[REMOTE];
}

/** The thrown value, remade. */
export function remakeThrown(
  thrown: RemoteThrown,
  ErrorConstructor?: ErrorConstructor,
  realm?: object,
): unknown {
  return 'error' in thrown ? remakeError(thrown.error, ErrorConstructor, realm) : thrown.value;
}

/** An executor's own error, as it crosses realms. */
export function remoteProblem(problem: Problem, cause?: RemoteThrown, frames = ''): RemoteError {
  const { code, message } = problem;
  return { name: 'Error', message, stack: headOf(problem) + frames, code, cause, props: {} };
}

/** Takes what work throws after it has ended, such as an error of a timer. */
export type TakeLate = (thrown: RemoteThrown) => void;

/** An executor of ours, outside the sandbox. */
export interface PoolExecutor extends Executor {
  run(work: Work, args: readonly unknown[], signal?: AbortSignal, late?: TakeLate): Promise<unknown>;
}

/** Work as it is sent; its arguments are copies made at the call. */
export interface WorkRequest {
  /** Its name in messages. */
  readonly label: string;
  readonly method: 'run' | 'load';
  /** The function's source or the module's path. */
  readonly text: string;
  readonly args: readonly unknown[];
}

/** Work as a request, or the reason against it. */
export function readRequest(
  work: Work,
  given: readonly unknown[],
  kind: 'thread' | 'process',
): WorkRequest | Problem {
  const text = typeof work === 'function' ? Function.prototype.toString.call(work) : work;
  if (typeof text !== 'string') return texts.invalidWork(work);
  const label = typeof work === 'string' ? `module ${json.stringify(text)}` : nameOf(work);
  if (typeof work === 'string') {
    if (!isAbsolute(text) && !/^file:\/\//.test(text)) return texts.relativeModule(text);
  } else if (/\[native code\]\s*\}$/.test(text)) {
    return texts.unreadableWork(label, 'it is native, bound or a proxy');
  } else if (/^class\b/.test(text)) {
    return texts.unreadableWork(label, 'it is a class');
  }
  if (!Array.isArray(given)) return texts.invalidArguments(label, given);
  const copy = kind === 'thread' ? structuredClone : (value: unknown) => deserialize(serialize(value));
  const reasonAgainst = (value: unknown): string | undefined => {
    try {
      copy(value);
      return undefined;
    } catch (error) {
      return String(Object(error).message);
    }
  };
  try {
    return {
      label,
      method: typeof work === 'string' ? 'load' : 'run',
      text,
      args: copy([...given]) as unknown[],
    };
  } catch {
    const index = Math.max(
      0,
      given.findIndex(argument => reasonAgainst(argument) !== undefined),
    );
    return texts.argumentNotCloneable(label, index, given[index], reasonAgainst(given[index]) ?? '');
  }
}

/** A function's name in messages. */
function nameOf({ name }: { readonly name: string }): string {
  return name === '' ? 'a function' : `function ${json.stringify(name)}`;
}

function define(error: Error, key: string | symbol, value: unknown, enumerable = false): void {
  Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
}

import type { ErrorFactory } from '../errors/problem';
import { show } from '../errors/show';

/** A function of the sandbox that calls one of ours; `outer` is itself, the point where stacks are cut. */
export type SandboxFunction = (this: unknown, ...args: unknown[]) => unknown;
/** The part of such a function that lives outside of the sandbox. */
export type HostFunction = (args: unknown[], outer: SandboxFunction) => unknown;

/**
 * What has to be made inside the sandbox of a test file, so that `instanceof` holds there.
 * The setup file, which is loaded in the sandbox, hands it to the session.
 */
export interface Kit {
  readonly Error: ErrorConstructor;
  newObject(): Record<string, unknown>;
  /** One without a prototype: a fixture may be called `toString`, and a default is taken where none is. */
  newDeps(): Record<string, unknown>;
  ownPromise(promise: Promise<unknown>): Promise<unknown>;
  /** `true` for two promises that differ in nothing but what async hooks have put into them. */
  equalPromises(a: unknown, b: unknown): boolean | undefined;
  /** The console of the test file, as it is now. */
  console(): Pick<Console, 'warn'>;
  /** The Loop core, as it was loaded in the sandbox. */
  readonly core: typeof import('../loop/core');
  wrap(host: HostFunction, name?: string): SandboxFunction;
}

/** Makes errors of the sandbox's realm from problems. */
export function errorFactory(kit: Kit): ErrorFactory {
  return problem => {
    const limit = kit.Error.stackTraceLimit;
    kit.Error.stackTraceLimit = 0;
    const error = new kit.Error(problem.message) as Error & { code: string };
    kit.Error.stackTraceLimit = limit;
    error.code = problem.code;
    // The stack of the user's call, not of our insides: Jest shows the code around its first frame.
    const frames = problem.frames ?? '';
    error.stack = `Error: ${problem.message}${frames === '' ? '' : `\n${frames}`}`;
    return error;
  };
}

/** A copy of an error for one who meets it later: the first who met it has the error itself. */
export function seenBefore(kit: Kit, error: unknown, seenIn: string): unknown {
  return marked(kit, error, `(first seen in "${seenIn}")`);
}

/** Of each copy the error that it was made of. */
const originals = new WeakMap<object, unknown>();

/** A copy of an error whose message says something more. */
export function marked(kit: Kit, error: unknown, mark: string): unknown {
  const copy = markedAnyhow(kit, error, mark);
  originals.set(copy, originalOf(error));
  return copy;
}

function markedAnyhow(kit: Kit, error: unknown, mark: string): Error {
  try {
    return markedCopy(kit, error as Error, mark);
  } catch {
    // Not an error, or one that cannot be copied (a DOMException keeps its message to itself).
    return withCause(new kit.Error(`${textOf(error)} ${mark}`), error);
  }
}

/** The error itself, of a marked copy. */
export function originalOf(error: unknown): unknown {
  return (originals.get(error as object) as unknown) ?? error;
}

function markedCopy(kit: Kit, original: Error, mark: string): Error {
  const message = `${original.message} ${mark}`;
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof original.message !== 'string' || typeof original.stack !== 'string') throw original;
  const stack = original.stack.replace(original.message, () => message);
  const hidden = { configurable: true, enumerable: false, writable: true };
  // A real error (not only something with its prototype), for those who ask util.types.isNativeError.
  const copy = Object.setPrototypeOf(new kit.Error(message), Object.getPrototypeOf(original)) as Error;
  Object.defineProperties(copy, {
    ...descriptors,
    message: { ...hidden, value: message },
    stack: { ...hidden, value: stack },
  });
  if (copy.message !== message || String(copy) === '') throw original;
  return copy;
}

function textOf(error: unknown): string {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  if (typeof message === 'string') return typeof name === 'string' ? `${name}: ${message}` : message;
  return `thrown: ${typeof error === 'string' ? error : show(error)}`;
}

function withCause(error: Error, cause: unknown): Error {
  Object.defineProperty(error, 'cause', {
    value: cause,
    configurable: true,
    enumerable: false,
    writable: true,
  });
  return error;
}

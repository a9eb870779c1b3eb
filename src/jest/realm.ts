import type { ErrorFactory } from '../errors/problem';

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
  ownPromise(promise: Promise<unknown>): Promise<unknown>;
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
  const mark = `(first seen in "${seenIn}")`;
  const isError = typeof error === 'object' && error !== null && typeof (error as Error).message === 'string';
  if (!isError) {
    const made = new kit.Error(`thrown: ${String(error)} ${mark}`) as Error & { cause?: unknown };
    made.cause = error;
    return made;
  }
  const original = error as Error;
  const message = `${original.message} ${mark}`;
  // A real error (not only something with its prototype), for those who ask util.types.isNativeError.
  const copy = Object.setPrototypeOf(new kit.Error(message), Object.getPrototypeOf(original)) as Error;
  Object.assign(copy, original);
  const stack = String(original.stack ?? '').replace(original.message, () => message);
  const { cause } = original as { cause?: unknown };
  const hidden = { configurable: true, enumerable: false, writable: true };
  Object.defineProperty(copy, 'message', { ...hidden, value: message });
  Object.defineProperty(copy, 'stack', { ...hidden, value: stack });
  if (cause !== undefined) Object.defineProperty(copy, 'cause', { ...hidden, value: cause });
  return copy;
}

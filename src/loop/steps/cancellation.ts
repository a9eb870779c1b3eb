import { explained, type Problem } from '../../errors/problem';

const CANCELLED = Symbol.for('jest-loop.cancelled');

/**
 * Rejects waits in a Loop when the waiting task, test or hook is cancelled; `reason` says why. Code that catches it
 * should clean up and rethrow it: see docs/loops.md.
 */
export class CancelledError extends Error {
  /** The name of the class, in any realm. */
  override readonly name: string = 'CancelledError';
  /** The same for all of them. */
  readonly code: string = 'ERR_CANCELLED';
  /** @internal */
  readonly [CANCELLED] = true;

  constructor(
    message: string = 'Cancelled',
    /** Why: the timeout, another task's error, the argument of `cancel(reason)`. */
    readonly reason?: unknown,
  ) {
    super(message);
  }
}

/** Thrown by a closed Loop's scheduling methods. See docs/loops.md. */
export class LoopClosedError extends Error {
  /** The name of the class, in any realm. */
  override readonly name: string = 'LoopClosedError';
  /** The same for all of them. */
  readonly code: string = 'ERR_LOOP_CLOSED';
}

/** Whether an error is a cancellation, of any realm. */
export function isCancelled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && read(error, CANCELLED) === true;
}

/** An error of this realm for a mistake. */
export function loopError(problem: Problem): Error {
  const { code, message } = problem;
  return explained(code === 'ERR_LOOP_CLOSED' ? new LoopClosedError(message) : new Error(message), problem);
}

/** The error of a cancellation for `reason`. */
export function cancellation(reason: unknown): CancelledError {
  const message = typeof reason === 'object' && reason !== null ? read(reason, 'message') : undefined;
  if (typeof message !== 'string')
    return new CancelledError(typeof reason === 'string' ? `Cancelled: ${reason}` : undefined, reason);
  return new CancelledError(isCancelled(reason) ? message : `Cancelled: ${message.split('\n')[0]}`, reason);
}

/** Any value can be thrown; one that cannot be read is not ours. */
function read(value: object, key: string | symbol): unknown {
  try {
    return (value as Record<string | symbol, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `()` in the source of an arrow function, or of any other. */
const ARROW = /^(?:async\s*)?\(\s*\)\s*=>/;
const NO_PARAMETERS = /^[^()]*\(\s*\)\s*\{/;

/** Whether a function can see its arguments: most tasks ignore their signal, and it costs more than they do. */
export function takesArguments(fn: (...args: never[]) => unknown): boolean {
  if (fn.length > 0) return true;
  const source = Function.prototype.toString.call(fn);
  if (ARROW.test(source)) return false;
  // The source of bound, native or wrapped functions does not show what they pass on.
  return !NO_PARAMETERS.test(source) || /\barguments\b|\[native code\]|\beval\b/.test(source);
}

/** Whether an error is an abort, as Node, browsers and most libraries make it. */
export function isAbort(error: unknown): boolean {
  try {
    const { name, code } = Object(error) as { name?: unknown; code?: unknown };
    return name === 'AbortError' || code === 'ABORT_ERR';
  } catch {
    // Any value can be thrown.
    return false;
  }
}

/** Whether an error may only say that code was cancelled. */
export function isCancellation(error: unknown): boolean {
  return isCancelled(error) || isAbort(error);
}

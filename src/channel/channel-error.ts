import type { Problem } from '../errors/problem';

/** An error of the broker's own, with the stack of whoever asked. */
export function channelError({ code, message }: Problem, frames = ''): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new Error(message);
  Error.stackTraceLimit = limit;
  error.stack = `Error: ${message}${frames}`;
  return Object.assign(error, { code });
}

/** Whether an error says that the other end is gone; not that it answered with an error. */
export function isLost(error: unknown): boolean {
  return (Object(error) as { readonly code?: unknown }).code === 'ERR_BROKER_LOST';
}

/** The frames of who called `outer`, read when they are needed. */
export function framesOf(outer: (...args: never[]) => unknown): () => string {
  const holder = { stack: '' };
  Error.captureStackTrace(holder, outer);
  return () => {
    const start = holder.stack.indexOf('\n');
    return start === -1 ? '' : holder.stack.slice(start);
  };
}

/** Calls a listener. What it throws harms no connection: it is thrown where nobody catches. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

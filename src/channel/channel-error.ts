import { headOf, type Problem } from '../errors/problem';

/** An error of the channel itself, with the requester's stack. */
export function channelError(problem: Problem, frames = ''): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new Error(problem.message);
  Error.stackTraceLimit = limit;
  error.stack = headOf(problem) + frames;
  return Object.assign(error, { code: problem.code });
}

/** Whether an error means a lost connection, not an error as the answer. */
export function isLost(error: unknown): boolean {
  return (Object(error) as { readonly code?: unknown }).code === 'ERR_CHANNEL_LOST';
}

/** The frames of the caller of `outer`, read on demand. */
export function framesOf(outer: (...args: never[]) => unknown): () => string {
  const holder = { stack: '' };
  Error.captureStackTrace(holder, outer);
  return () => {
    const start = holder.stack.indexOf('\n');
    return start === -1 ? '' : holder.stack.slice(start);
  };
}

/** Calls a listener. Its errors do not harm the connection: they are rethrown as uncaught. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

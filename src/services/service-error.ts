import type { Problem } from '../errors/problem';

/** An error of this realm: services live where they are used. */
export function serviceError({ code, message }: Problem, cause?: unknown): Error & { readonly code: string } {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  return Object.assign(error, { code });
}

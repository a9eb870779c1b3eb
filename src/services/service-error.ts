import { type CodedError, explained, headOf, type Problem } from '../errors/problem';

/** An error of this realm: services live where they are used. */
export function serviceError(problem: Problem, cause?: unknown): CodedError {
  const { message, frames } = problem;
  const error = explained(cause === undefined ? new Error(message) : new Error(message, { cause }), problem);
  if (frames) error.stack = `${headOf(problem)}\n${frames}`;
  return error;
}

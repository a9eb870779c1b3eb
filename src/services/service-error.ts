import { type CodedError, explained, type Problem } from '../errors/problem';

/** An error of this realm: services live where they are used. */
export function serviceError(problem: Problem, cause?: unknown): CodedError {
  const { message } = problem;
  return explained(cause === undefined ? new Error(message) : new Error(message, { cause }), problem);
}

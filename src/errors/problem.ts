import { guidePage } from './guide';

/**
 * A user's mistake before it becomes an error: texts are made here, errors in the test's realm. Codes are stable;
 * messages may improve.
 */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  /** Stack lines to show instead of the package's own. */
  readonly frames?: string;
}

/** The stable `code` of every error that this package makes. */
export type ErrorCode =
  | 'ERR_FIXTURE_UNKNOWN'
  | 'ERR_FIXTURE_SCOPE'
  | 'ERR_FIXTURE_CYCLE'
  | 'ERR_FIXTURE_PARAMETERS'
  | 'ERR_FIXTURE_OPTION'
  | 'ERR_FIXTURE_NAME'
  | 'ERR_FIXTURE_LATE'
  | 'ERR_FIXTURE_NO_YIELD'
  | 'ERR_FIXTURE_YIELDED_TWICE'
  | 'ERR_FIXTURE_THREW'
  | 'ERR_FIXTURE_ENDED'
  | 'ERR_FIXTURE_VARIANT'
  | 'ERR_USE_NOT_CALLED'
  | 'ERR_USE_CALLED_TWICE'
  | 'ERR_USE_NOT_AWAITED'
  | 'ERR_TEST_OPTION'
  | 'ERR_TEST_GENERATOR'
  | 'ERR_TEST_API'
  | 'ERR_TIMEOUT'
  | 'ERR_TIMEOUT_OPTION'
  | 'ERR_FIXTURE_VALUE'
  | 'ERR_LOOP_CLOSED'
  | 'ERR_LOOP_NONE'
  | 'ERR_LOOP_FORBIDDEN'
  | 'ERR_LOOP_ARGUMENT'
  | 'ERR_LOOP_DONE'
  | 'ERR_LOOP_LEFTOVER'
  | 'ERR_BACKEND'
  | 'ERR_NOTHING_LEFT'
  | 'ERR_CANCELLED'
  | 'ERR_INTERRUPTED'
  | 'ERR_SKIPPED'
  | 'ERR_LATE'
  | 'ERR_EXECUTOR'
  | 'ERR_CHANNEL_LOST'
  | 'ERR_CHANNEL_REFUSED'
  | 'ERR_CHANNEL_MESSAGE'
  | 'ERR_OPTION_INVALID'
  | 'ERR_FIXTURE_LOAD'
  | 'ERR_FIXTURE_CROSS'
  | 'ERR_NO_SESSION'
  | 'ERR_NETWORK_ARGUMENT'
  | 'ERR_NETWORK_STATE'
  | 'ERR_NETWORK_TIMEOUT'
  | 'ERR_SERVICE'
  | 'ERR_SERVICE_TIMEOUT'
  | 'ERR_SERVICE_DIED'
  | 'ERR_SERVICE_CONTEXT'
  | 'ERR_ENVIRONMENT'
  | 'ERR_NO_ENVIRONMENT';

/** Makes errors that are `instanceof` the test's own `Error`. */
export type ErrorFactory = (problem: Problem) => Error;

/** An error with a code of ours. */
export type CodedError = Error & { readonly code: ErrorCode };

/** Where the guide explains a code. */
export function guideTo(code: ErrorCode): string {
  return guidePage(`errors.md#${code.toLowerCase()}`);
}

/** The message, and where to read about it. */
export function textOf({ code, message }: Problem): string {
  return `${message}\n  See: ${guideTo(code)}`;
}

/** The first lines of a stack. `name` is the class. */
export function headOf(problem: Problem, name: string = 'Error'): string {
  return `${name}: ${textOf(problem)}`;
}

/** The line with the place in the guide that a stack has after its message, with the break before it; or nothing. */
export function guideIn(stack: unknown): string {
  return (typeof stack === 'string' && /\n {2}See: \S+\/docs\/errors\.md#\w+/.exec(stack)?.[0]) || '';
}

/** An error of the realm that calls this. */
export function errorOf(problem: Problem): CodedError {
  return explained(new Error(problem.message), problem);
}

/**
 * Makes an error that of a problem: gives it the code, and the place in the guide. That goes into the stack, which
 * Jest and Node print; the message stays what happened, for code that compares it.
 */
export function explained<E extends Error>(error: E, problem: Problem): E & CodedError {
  const { stack } = error;
  // Without a stack, Jest shows the last lines of the message twice: the frames stay.
  const start = typeof stack === 'string' ? stack.indexOf(`: ${problem.message}`) : -1;
  if (start >= 0) {
    const frames = stack!.slice(start + 2 + problem.message.length);
    error.stack = headOf(problem, stack!.slice(0, start)) + frames;
  }
  return Object.assign(error, { code: problem.code });
}

/** Lays out a message: what happened, the facts, the fix, and perhaps lines to write. */
export function layOut(
  what: string,
  facts: readonly (string | undefined)[],
  fix: string,
  toWrite: readonly string[] = [],
): string {
  const lines = [what];
  for (const fact of facts) if (fact !== undefined) lines.push(`  ${fact}`);
  lines.push(`  To fix: ${fix}`);
  for (const line of toWrite) lines.push(`    ${line}`);
  return lines.join('\n');
}

/** ` at test/a.test.ts:12`, or nothing where the place is unknown. */
export function at(place: string | undefined): string {
  return place === undefined ? '' : ` at ${place}`;
}

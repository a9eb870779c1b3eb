import * as texts from '../../errors/loop/executor';
import { headOf, type Problem } from '../../errors/problem';
import * as remote from './executor';
import type { WorkOutcome } from './pool-worker';

/** The outcome of work in the pool: its own, its worker's death, or a close or abort. */
export type End =
  | Exclude<WorkOutcome, { kind: 'late' }>
  | { kind: 'died' | 'closed'; reason: string }
  | { kind: 'aborted'; why: unknown };

const PROBLEMS = {
  unreadable: texts.unreadableWork,
  unloaded: texts.moduleNotLoaded,
  'not-a-function': texts.noDefaultFunction,
  'not-cloneable': texts.resultNotCloneable,
  died: texts.workerDied,
  closed: texts.executorClosed,
} satisfies Record<string, (label: string, reason: string) => Problem>;

/** The thrown value for work that failed. */
export function failureOf(
  end: Exclude<End, { kind: 'value' | 'aborted' }>,
  { label, method }: remote.WorkRequest,
  frames: string,
): remote.RemoteThrown {
  if (end.kind !== 'thrown') {
    const cause = end.kind === 'unloaded' ? end.thrown : undefined;
    return { error: remote.remoteProblem(PROBLEMS[end.kind](label, end.reason), cause, frames) };
  }
  if (!('error' in end.thrown)) return end.thrown;
  const { error } = end.thrown;
  const { name, message, stack } = error;
  if (method !== 'run' || name !== 'ReferenceError' || !message.endsWith(' is not defined'))
    return calledAt(frames, end.thrown);
  const problem = texts.outerVariable(label, message);
  const explained = stack.replace(`${name}: ${message}`, () => headOf(problem, name));
  return { error: { ...error, code: problem.code, message: problem.message, stack: explained + frames } };
}

/** What work threw after it had ended, with the frames of its caller. */
export function calledAt(frames: string, thrown: remote.RemoteThrown): remote.RemoteThrown {
  if (!('error' in thrown)) return thrown;
  const { error } = thrown;
  return { error: { ...error, stack: error.stack + frames } };
}

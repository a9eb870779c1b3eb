import { lateError } from '../../../errors/tests/late';
import type { Owner } from '../../../loop/steps/step';
import type { AttemptView } from './attempt-view';
import type { FileRun } from './file-run';

/** Reports an error of work that had ended or was given up: to the test, hook or fixture that it belonged to. */
export function reportLate(
  { host, testFile, errors }: FileRun,
  error: unknown,
  label: string,
  owner: Owner | undefined,
  givenUp: boolean,
): void {
  const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  const frames = typeof stack === 'string' ? stack.split('\n').filter(line => /^\s+at /.test(line)) : [];
  const late = host.makeError({ ...lateError(label, text, givenUp), frames: frames.join('\n') });
  Object.defineProperty(late, 'cause', { value: error, configurable: true, writable: true });
  if (testFile.info.ended) errors.addLate(late, owner ?? { label, caught: () => {} });
  else if (isAttempt(owner)) owner.errors.add(late);
  else errors.add(late);
}

function isAttempt(owner: Owner | undefined): owner is AttemptView {
  return owner !== undefined && 'entry' in owner && 'plan' in owner;
}

import type { TestSubject } from '../fixtures/request';
import type { Attempt } from './attempt';
import { failsAssertionCount } from './expectations';

/** `request.test` of an attempt: a plain object of the test's realm. */
export function makeSubject(attempt: Attempt): TestSubject {
  const { entry, plan, run, session } = attempt;
  const subject = Object.assign(session.kit.newObject(), {
    name: entry.name,
    fullName: attempt.fullName,
    path: session.testPath,
    line: run.runner.asker.site.line,
    attempt: attempt.number,
    tags: plan.tags,
  });
  Object.defineProperty(subject, 'outcome', { enumerable: true, get: () => outcomeOf(attempt) });
  return subject as unknown as TestSubject;
}

function outcomeOf(attempt: Attempt): TestSubject['outcome'] {
  if (!attempt.ended) return undefined;
  const { entry, failure, home, session } = attempt;
  const told = failure === undefined ? entry.errors : [...entry.errors, failure.error];
  const errors = [...told, ...(session.moreErrors.get(entry) ?? []), ...home.errors];
  if (session.interrupts.skips(entry, errors)) return 'skipped';
  const failed = hasFailed(attempt) || home.errors.length > 0 || failsAssertionCount(session.jest.expect);
  return failed ? 'failed' : 'passed';
}

/** Whether an error of an attempt is known that is going to be reported. */
export function hasFailed({ entry, failure, session }: Attempt): boolean {
  // Jest keeps a rejection apart, as it may be handled yet, until the test is done.
  const rejected = entry.unhandledRejectionErrorByPromise.size > 0;
  return rejected || entry.errors.length > 0 || failure !== undefined || session.moreErrors.has(entry);
}

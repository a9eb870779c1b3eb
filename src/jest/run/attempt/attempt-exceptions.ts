import type { ExceptionContext, Step } from '../../../loop/steps/step';
import { marked } from '../../report/error-copies';
import type { RunningAttempt } from '../state/file-run';

/** An exception that the code of a test left unhandled: fails the test, unless its markers say otherwise. */
export function takeException(attempt: RunningAttempt, context: ExceptionContext, step: Step): void {
  const { host, testFile } = attempt.fileRun;
  if (!('exception' in context)) {
    testFile.warn(`${context.message}\n  in ${attempt.label}`);
    return;
  }
  const { exception, promise } = context;
  if (attempt.plan.markers.catchLoopExceptions === false) {
    attempt.loopExceptions.push(exception);
    return;
  }
  if (!attempt.errors.markReported(exception)) return;
  if (step.givenUp) {
    host.late(exception, step.owner?.label ?? attempt.label, attempt, true);
    return;
  }
  const shown =
    step.owner === attempt || step.owner === undefined
      ? exception
      : marked(testFile.realm, exception, `(in ${step.owner.label})`);
  attempt.errors.add(shown, promise);
}

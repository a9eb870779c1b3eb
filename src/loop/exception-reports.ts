import { worker } from '../process/store';
import type { ExceptionContext, Step } from './steps/step';

/** Where a Loop reports unhandled exceptions. */
export class ExceptionReports {
  /** Takes them over; then nothing fails. */
  handler: ((context: ExceptionContext) => void) | undefined;

  /** Reports to the handler, else to the step's owner, else to the process. */
  report(context: ExceptionContext, step: Step | undefined): void {
    const { handler } = this;
    if (handler === undefined) {
      toOwner(context, step);
      return;
    }
    try {
      handler(context);
    } catch (exception) {
      // Neither error is lost.
      toOwner(context, step);
      toOwner({ message: 'Exception in the exception handler', exception }, step);
    }
  }
}

function toOwner(context: ExceptionContext, step: Step | undefined): void {
  if (step?.owner !== undefined) step.owner.caught(context, step);
  else if (!('exception' in context)) console.warn(context.message);
  else {
    worker.real.setImmediate(() => {
      throw context.exception;
    });
  }
}

import { invalidLoopCall } from '../errors/loop/loop';
import { processState } from '../process/process-state';
import { emittedError } from '../util/emitted-error';
import { type ExceptionContext, mistake, type Step } from './steps/step';

/** Where a Loop reports unhandled exceptions. */
export class ExceptionReports {
  /** Takes them over; then nothing fails. */
  handler: ((context: ExceptionContext) => void) | undefined;

  /** Reports to the handler, else to the step's owner, else to the process. */
  report(reported: ExceptionContext, step: Step | undefined): void {
    const { handler } = this;
    const exception = emittedError(reported.exception);
    const context = exception === reported.exception ? reported : { ...reported, exception };
    if (handler === undefined) {
      toOwner(context, step);
      return;
    }
    try {
      handler(context);
    } catch (thrown) {
      // Neither error is lost.
      toOwner(context, step);
      toOwner({ message: 'Exception in the exception handler', exception: thrown }, step);
    }
  }
}

/** What the user gave to be reported. Throws unless it can be. */
export function checkedContext(call: string, context: ExceptionContext): ExceptionContext {
  if (typeof context !== 'object' || context === null)
    throw mistake(invalidLoopCall(call, 'an object { message, exception }', context));
  return context;
}

function toOwner(context: ExceptionContext, step: Step | undefined): void {
  if (step?.owner !== undefined) step.owner.caught(context, step);
  else if (!('exception' in context)) console.warn(context.message);
  else {
    processState.real.setImmediate(() => {
      throw context.exception;
    });
  }
}

import { invalidLoopCall } from '../errors/loop/loop';
import { processState } from '../process/process-state';
import { emittedError } from '../util/emitted-error';
import { isThenable } from './promises';
import { type ExceptionContext, mistake, runIn, Step } from './steps/step';

/** Where a Loop reports unhandled exceptions. */
export class ExceptionReports {
  /** Takes them over; then nothing fails. */
  handler: ((context: ExceptionContext) => unknown) | undefined;

  /** Reports to the handler, else to the step's owner, else to the process. */
  report(reported: ExceptionContext, step: Step | undefined): void {
    const { handler } = this;
    const exception = emittedError(reported.exception);
    const context = exception === reported.exception ? reported : { ...reported, exception };
    // What a handler starts may fail, too: to report that to the handler could go on for ever.
    if (handler === undefined || step?.handlesException) {
      toOwner(context, step);
      return;
    }
    // Neither error is lost.
    const failed = (thrown: unknown): void => {
      toOwner(context, step);
      toOwner({ message: 'Exception in the exception handler', exception: thrown }, step);
    };
    try {
      const result = step === undefined ? handler(context) : runIn(handling(step), () => handler(context));
      if (isThenable(result)) result.then(undefined, failed);
    } catch (thrown) {
      failed(thrown);
    }
  }
}

/** What the user gave to be reported. Throws unless it can be. */
export function checkedContext(call: string, context: ExceptionContext): ExceptionContext {
  if (typeof context !== 'object' || context === null)
    throw mistake(invalidLoopCall(call, 'an object { message, exception }', context));
  return context;
}

function handling(step: Step): Step {
  const found = new Step('exception handler', step.laterLoop(), step);
  found.isHandler = true;
  return found;
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

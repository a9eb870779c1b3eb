import type { Loop } from './loop';
import type { ExceptionHandler } from './loop-options';
import type { ExceptionContext, Step } from './step';
import { worker } from './store';

/** To whom a Loop tells of exceptions that nobody handled. */
export class Exceptions {
  /** Takes them over: then nothing fails. */
  handler: ExceptionHandler | undefined;

  constructor(private readonly loop: Loop) {}

  /** Tells the handler, else the owner of the step, else the process. */
  report(context: ExceptionContext, step: Step | undefined): void {
    const { handler } = this;
    if (handler === undefined) {
      toOwner(context, step);
      return;
    }
    try {
      handler(this.loop, context);
    } catch (exception) {
      // Neither of them is lost.
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

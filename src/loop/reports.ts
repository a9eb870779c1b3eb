import { worker } from '../process/store';
import { placeOf } from './steps/pending-work';
import type { ExceptionContext, Step } from './steps/step';
import type { Task } from './task';

/** To whom a Loop tells of exceptions that nobody handled. */
export class ExceptionReports {
  /** Takes them over: then nothing fails. */
  handler: ((context: ExceptionContext) => void) | undefined;

  /** Tells the handler, else the owner of the step, else the process. */
  report(context: ExceptionContext, step: Step | undefined): void {
    const { handler } = this;
    if (handler === undefined) {
      toOwner(context, step);
      return;
    }
    try {
      handler(context);
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

/** How long in ms work that was cancelled may take to end, where nothing else is said. */
export const GRACE = 1000;

/** Options of `new Loop`. See docs/loops.md. */
export interface LoopOptions {
  /** For messages. @default 'loop' */
  readonly name?: string;
  /** Remembers where tasks and timers were created, and tells of what blocks. @default false */
  readonly debug?: boolean;
  /** What drives its time. @default 'node' */
  readonly backend?: 'node';
  /**
   * As a context manager, `await using`: `true` makes the new Loop current until its end, `false` lets no Loop be
   * current. Left out, the current Loop stays what it is.
   */
  readonly newLoop?: boolean;
}

/** In debug mode: the tasks that nobody has awaited or cancelled, as text, so that they are not kept. */
export class UnawaitedTasks {
  readonly #known = new Map<string, { count: number; readonly starter: Step | undefined }>();

  add(task: Task): void {
    const key = `Task "${task.name}" was never awaited${placeOf(task)}`;
    const known = this.#known.get(key) ?? { count: 0, starter: task.step.parent };
    known.count++;
    this.#known.set(key, known);
    task.noticed = () => {
      known.count--;
      if (known.count === 0) this.#known.delete(key);
    };
  }

  /** What there is to tell, and who started the tasks; once. */
  take(): { readonly message: string; readonly starter: Step | undefined }[] {
    const told = [...this.#known].map(([key, { count, starter }]) => ({
      message: count > 1 ? `${key} (${count} times)` : key,
      starter,
    }));
    this.#known.clear();
    return told;
  }
}

import { worker } from '../process/store';
import { placeOf } from './steps/pending-work';
import type { ExceptionContext, Step } from './steps/step';
import type { Task } from './task';

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

/** How long cancelled work may take to end by default, ms. */
export const GRACE = 1000;

/** Options of `new Loop`. See docs/loops.md. */
export interface LoopOptions {
  /** For messages. @default 'loop' */
  readonly name?: string;
  /** Records where tasks and timers were created, and reports blocking callbacks. @default false */
  readonly debug?: boolean;
  /**
   * What drives its time, by name or `[name, options]`: `'node'`, `'virtual'`. See docs/backends.md.
   * @default that of the current Loop, else `'node'`
   */
  readonly backend?: string | readonly [name: string, options: Readonly<Record<string, unknown>>];
  /**
   * As a context manager, `await using`: `true` makes the new Loop current until its end, `false` makes no Loop
   * current. By default the current Loop stays.
   */
  readonly newLoop?: boolean;
}

/** In debug mode: tasks that were neither awaited nor cancelled, as text, so that they can be collected. */
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

  /** The warnings, each with the step that started its tasks; once. */
  take(): { readonly message: string; readonly starter: Step | undefined }[] {
    const found = [...this.#known].map(([key, { count, starter }]) => ({
      message: count > 1 ? `${key} (${count} times)` : key,
      starter,
    }));
    this.#known.clear();
    return found;
  }
}

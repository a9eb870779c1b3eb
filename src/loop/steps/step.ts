import type { Problem } from '../../errors/problem';
import { type Carried, worker } from '../../process/store';
import { cancellation, loopError } from './cancellation';

/** What is known of an exception that nobody handled. */
export interface ExceptionContext {
  /** What happened: `Unhandled rejection`, `Callback blocked for 120 ms` … */
  readonly message: string;
  /** What was thrown; absent where nothing was and this is a warning. */
  readonly exception?: unknown;
  /** The task that failed. */
  readonly task?: unknown;
  /** The timer whose callback threw. */
  readonly handle?: unknown;
  /** The promise that was rejected. */
  readonly promise?: unknown;
}

/** To whom the errors of a step belong: a test, a hook, a fixture, a file. */
export interface Owner {
  /** `test "adds"`, `fixture "db"`. */
  readonly label: string;
  /** Takes an exception that nobody handled, or a warning. */
  caught(context: ExceptionContext, step: Step): void;
}

/** What a step knows of the Loop it runs in. */
export interface StepLoop {
  readonly name: string;
  readonly closed: boolean;
  readonly hasExceptionHandler: boolean;
  /** The Loop that takes over what a step of a closed one still starts; undefined: it is dropped. */
  successor: ((step: Step | undefined) => StepLoop | undefined) | undefined;
  /** Reports an exception that no code handled. */
  report(context: ExceptionContext, step: Step | undefined): void;
}

/** The Loop of a step; a function where it is made when first needed; null where there is none. */
export type LoopSource = StepLoop | null | (() => StepLoop | null);

/**
 * One piece of the user's code and all that it starts: a test body, a hook, a phase of a fixture, a task. The async
 * context carries it, so what is started is known by the step it was started in.
 */
export class Step {
  /** No time is given any more: what still runs of it is kept away from everything else. */
  condemned = false;
  /** Its work is cancelled: its waits were rejected once. */
  cancelled = false;
  readonly owner: Owner | undefined;
  /** What may not be used in it. */
  readonly forbidden: Forbidden | undefined;
  /** What `setEventLoop` set in it. */
  eventLoop: StepLoop | null | undefined;
  /** The task whose function it is. */
  task: unknown;
  /** Notes the AsyncLocalStorages that are entered in it, while somebody wants to know. */
  touched: ((storage: object) => void) | undefined;
  /** What the async context holds of it. */
  readonly carried: Carried = () => this;
  #source: LoopSource;
  /** Loops that a context manager entered here, the innermost last; null: none is current. */
  #installed: (StepLoop | null)[] | undefined;

  constructor(
    readonly name: string,
    source: LoopSource,
    readonly parent: Step | undefined,
    owner: Owner | undefined = parent?.owner,
    forbidden: Forbidden | undefined = parent?.forbidden,
  ) {
    this.#source = source;
    this.owner = owner;
    this.forbidden = forbidden;
  }

  /** The current Loop: the innermost one entered or installed. */
  get loop(): StepLoop | null {
    const installed = this.#installed;
    if (installed !== undefined && installed.length > 0) return installed.at(-1)!;
    if (typeof this.#source === 'function') this.#source = this.#source();
    const loop = this.#source;
    // Closed, and whoever owns what is around it takes over what is still started.
    return loop?.closed ? (loop.successor?.(this) ?? loop) : loop;
  }

  /** The same, if it has been made already. */
  get known(): StepLoop | null | undefined {
    const installed = this.#installed?.at(-1);
    if (installed !== undefined) return installed;
    return typeof this.#source === 'function' ? undefined : this.#source;
  }

  /** Whether anything that is started here belongs to a Loop. */
  get tracks(): boolean {
    return this.condemned || this.#source !== null || (this.#installed?.length ?? 0) > 0;
  }

  /** Whether it was installed by a context manager: undefined where none is open. */
  get installed(): StepLoop | null | undefined {
    return this.#installed?.at(-1);
  }

  /** What is started from now on belongs to another Loop: its own has ended. */
  moveTo(source: LoopSource): void {
    this.#source = source;
  }

  /** Enters a Loop, or none, until it is removed. */
  install(loop: StepLoop | null): void {
    this.#installed ??= [];
    this.#installed.push(loop);
  }

  /** Leaves a Loop, in whatever order they are left. */
  uninstall(loop: StepLoop | null): void {
    const at = this.#installed?.lastIndexOf(loop) ?? -1;
    if (at >= 0) this.#installed!.splice(at, 1);
  }

  /** Whatever was entered is left. */
  reset(): void {
    this.#installed = undefined;
    this.eventLoop = undefined;
  }

  /** Whether this is `other` or was started in it. */
  within(other: Step): boolean {
    for (let step: Step | undefined = this; step !== undefined; step = step.parent) {
      if (step === other) return true;
    }
    return false;
  }

  /** An error of the realm of this step's code: ambient functions serve several. */
  error(problem: Problem): Error {
    return loopError(problem);
  }

  /** The same for a cancellation. */
  cancellation(reason: unknown): Error {
    return cancellation(reason);
  }

  /** The place that called `above`, kept as V8 has it until somebody reads it. */
  capture(above: (...args: never[]) => unknown): Error {
    const site = new Error();
    Error.captureStackTrace(site, above);
    return site;
  }

  /** Whether it, or what it was started in, was given up. */
  get givenUp(): boolean {
    for (let step: Step | undefined = this; step !== undefined; step = step.parent) {
      if (step.condemned) return true;
    }
    return false;
  }
}

/** The step that runs; undefined outside of all. */
export function currentStep(): Step | undefined {
  return worker.steps.getStore()?.() as Step | undefined;
}

/** Calls `fn` in a step. */
export function runIn<T>(step: Step, fn: () => T): T {
  return worker.steps.run(step.carried, fn);
}

/** What `forbidGetEventLoop` forbids in the body of a test. */
export interface Forbidden {
  /** Also the timers that take their Loop from where they are called: `setTimeout` … */
  readonly timers: boolean;
}

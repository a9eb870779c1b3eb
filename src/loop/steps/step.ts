import type { Problem } from '../../errors/problem';
import { captureStackTrace } from '../../node/stack-trace';
import { type Carried, processState } from '../../process/process-state';
import { cancellation, loopError } from './cancellation';

/** An unhandled exception, or a warning: the argument of an exception handler. See docs/loops.md. */
export interface ExceptionContext {
  /** What happened: `Unhandled rejection`, `Callback blocked for 120 ms` … */
  readonly message: string;
  /** The thrown value; absent in a warning. */
  readonly exception?: unknown;
  /** The task that failed. */
  readonly task?: unknown;
  /** The timer whose callback threw. */
  readonly handle?: unknown;
  /** The promise that was rejected. */
  readonly promise?: unknown;
}

/** The owner of a step's errors: a test, a hook, a fixture, a file. */
export interface Owner {
  /** `test "adds"`, `fixture "db"`. */
  readonly label: string;
  /** Takes an unhandled exception or a warning. */
  caught(context: ExceptionContext, step: Step): void;
  /** The fixture that it is, if it is one. */
  readonly instance?: { readonly scope: string };
  /** A task of a fixture has failed, so the fixture counts as failed; returns false if it is down. */
  failed?(error: unknown): boolean;
}

/** A Loop as its steps see it. */
export interface StepLoop {
  readonly name: string;
  readonly closed: boolean;
  readonly hasExceptionHandler: boolean;
  /** The Loop that takes over work that a step starts after the close; undefined drops it. */
  successor: ((step: Step | undefined) => StepLoop | undefined) | undefined;
  /** Reports an exception that no code handled. */
  report(context: ExceptionContext, step: Step | undefined): void;
}

/** The Loop of a step; a function makes it on first use; null for none. */
export type LoopSource = StepLoop | null | (() => StepLoop | null);

/**
 * One piece of the user's code and all the work that it starts: a test body, a hook, a phase of a fixture, a task. The
 * async context carries it, so work is known by the step that started it.
 */
export class Step {
  /** It was given up: its remaining code must not affect anything else. */
  givenUpItself = false;
  /** It runs the exception handler of a Loop. */
  isHandler = false;
  /** Its function was ended early: what it waited for was rejected. */
  endedEarly = false;
  readonly owner: Owner | undefined;
  /** What its code may not use. */
  readonly forbidden: Forbidden | undefined;
  /** Set by `setEventLoop` in it. */
  eventLoop: StepLoop | null | undefined;
  /** The task whose function it is. */
  task: unknown;
  /** Records the AsyncLocalStorages entered in it, while that is of interest. */
  touched: ((storage: object) => void) | undefined;
  /** Its form in the async context. */
  readonly carried: Carried = () => this;
  #source: LoopSource;
  /** Loops entered by context managers here, the innermost last; null for none. */
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
    const { installed } = this;
    return installed === undefined ? this.#ownLoop() : installed;
  }

  /** The same for later, without making it now: what is entered meanwhile does not count. */
  laterLoop(): () => StepLoop | null {
    const { installed } = this;
    return () => (installed === undefined ? this.#ownLoop() : installed);
  }

  #ownLoop(): StepLoop | null {
    if (typeof this.#source === 'function') this.#source = this.#source();
    const loop = this.#source;
    // After its close, the outer Loop takes over new work.
    return loop?.closed ? (loop.successor?.(this) ?? loop) : loop;
  }

  /** The current Loop; undefined if it has not been made yet. */
  get known(): StepLoop | null | undefined {
    const installed = this.#installed?.at(-1);
    if (installed !== undefined) return installed;
    return typeof this.#source === 'function' ? undefined : this.#source;
  }

  /** Its own Loop, unless that has not been made yet, and those entered here. */
  get knownLoops(): StepLoop[] {
    const own = typeof this.#source === 'function' ? null : this.#source;
    return [own, ...(this.#installed ?? [])].filter(loop => loop !== null);
  }

  /** Whether work started here belongs to a Loop. */
  get tracks(): boolean {
    return this.givenUpItself || this.#source !== null || (this.#installed?.length ?? 0) > 0;
  }

  /** The Loop of the innermost open context manager; undefined without one. */
  get installed(): StepLoop | null | undefined {
    return this.#installed?.at(-1);
  }

  /** Makes new work belong to another Loop: its own has ended. */
  moveTo(source: LoopSource): void {
    this.#source = source;
  }

  /** Enters a Loop, or none, until it is removed. */
  install(loop: StepLoop | null): void {
    this.#installed ??= [];
    this.#installed.push(loop);
  }

  /** Leaves a Loop, in any order. */
  uninstall(loop: StepLoop | null): void {
    const at = this.#installed?.lastIndexOf(loop) ?? -1;
    if (at >= 0) this.#installed!.splice(at, 1);
  }

  /** Leaves every Loop entered here. */
  reset(): void {
    this.#installed = undefined;
    this.eventLoop = undefined;
  }

  /** Whether it is `other` or was started in it. */
  within(other: Step): boolean {
    for (let step: Step | undefined = this; step !== undefined; step = step.parent) {
      if (step === other) return true;
    }
    return false;
  }

  /** An error of the realm of this step's code: ambient functions, and Loops of wide scopes, serve several realms. */
  error(problem: Problem): Error {
    return this.parent?.error(problem) ?? loopError(problem);
  }

  /** The same for a cancellation. */
  cancellation(reason: unknown): Error {
    return this.parent?.cancellation(reason) ?? cancellation(reason);
  }

  /** The place that called `above`; V8 formats it only when it is read. */
  capture(above: (...args: never[]) => unknown): Error {
    const site = new Error();
    captureStackTrace(site, above);
    return site;
  }

  /** Whether an exception handler runs in it, or has started it. */
  get handlesException(): boolean {
    for (let step: Step | undefined = this; step !== undefined; step = step.parent) {
      if (step.isHandler) return true;
    }
    return false;
  }

  /** Whether it or an ancestor was given up. */
  get givenUp(): boolean {
    for (let step: Step | undefined = this; step !== undefined; step = step.parent) {
      if (step.givenUpItself) return true;
    }
    return false;
  }
}

/** Whether the function of a step, or of one that it was started in, was ended early. */
export function wasEndedEarly(step: Step | undefined): boolean {
  for (let each = step; each !== undefined; each = each.parent) if (each.endedEarly) return true;
  return false;
}

/** The current step; undefined outside of every step. */
export function currentStep(): Step | undefined {
  return processState.steps.getStore()?.() as Step | undefined;
}

/** An error for a mistake of the code that runs, of its realm. */
export function mistake(problem: Problem): Error {
  return currentStep()?.error(problem) ?? loopError(problem);
}

/** Calls `fn` in a step. */
export function runIn<T>(step: Step, fn: () => T): T {
  return processState.steps.run(step.carried, fn);
}

/** What `forbidGetEventLoop` forbids in a test body. */
export interface Forbidden {
  /** Also the global timers: `setTimeout` … */
  readonly timers: boolean;
}

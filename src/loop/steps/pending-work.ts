import type { Step, StepLoop } from './step';

/** What kind of pending work it is. */
export type PendingKind = 'timer' | 'wait' | 'task';

/** One piece of pending work that a Loop owns. */
export interface PendingWork {
  readonly kind: PendingKind;
  /** The Loop that it belongs to; another where that one took it over. */
  loop: WorkOwner;
  /** The step that started it. */
  readonly step: Step | undefined;
  /** Whether it may still do something. */
  readonly alive: boolean;
  /** Where it was started; undefined where nobody wanted to know. */
  readonly site: Error | undefined;
  /** `sleep(100)`, `setTimeout(fn, 50)`, `task "pump"`. */
  describe(): string;
  /** Ends it: a timer is dropped, a wait is rejected with CancelledError, a task is cancelled. */
  cancel(reason: unknown): void;
  /** Ends it without a word: whoever waits for it waits for ever. */
  drop(): void;
}

/** The part of a Loop that its tasks, timers and waits know. */
export interface WorkOwner extends StepLoop {
  readonly items: Set<PendingWork>;
  readonly debug: boolean;
  /** How long in ms cancelled work may take to end. */
  readonly grace: number;
  /** Timers remember where they were set, however short. */
  readonly tracing: boolean;
  /** At this number of items, timers that are over are looked for. */
  sweepAt: number;
}

/** The place that called `above`, kept as V8 has it until somebody reads it. */
export function siteOf(above: (...args: never[]) => unknown): Error {
  // Not `new Error()`: that takes a stack as well, and one is dear enough.
  const site = Object.create(Error.prototype) as Error;
  Error.captureStackTrace(site, above);
  return site;
}

/** `, created at …`, where that is known. */
export function placeOf({ site }: { readonly site: Error | undefined }): string {
  const frame = site?.stack?.split('\n').find(line => /^\s+at /.test(line));
  return frame === undefined ? '' : `, created ${frame.trim()}`;
}

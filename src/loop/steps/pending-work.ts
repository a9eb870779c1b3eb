import { captureStackTrace } from '../../node/stack-trace';
import type { LoopBackend } from './backend';
import type { Step, StepLoop } from './step';

/** What kind of pending work it is. */
export type PendingKind = 'timer' | 'wait' | 'task';

/** One piece of pending work that a Loop owns. */
export interface PendingWork {
  readonly kind: PendingKind;
  /** Its Loop, or the one that took it over. */
  loop: WorkOwner;
  /** The step that started it. */
  readonly step: Step | undefined;
  /** Whether it can still run. */
  readonly alive: boolean;
  /** Where it was started, if that was recorded. */
  readonly site: Error | undefined;
  /** `sleep(100)`, `setTimeout(fn, 50)`, `task "pump"`. */
  describe(): string;
  /** Ends it: a timer is dropped, a wait is rejected with CancelledError, a task is cancelled. */
  cancel(reason: unknown): void;
  /** Ends it silently: code that awaits it waits forever. */
  drop(): void;
  /** Calls `fn` once it has ended. Only of tasks and waits: they show that code still runs, or will go on. */
  whenEnded?(fn: () => void): void;
}

/** A Loop as its tasks, timers and waits see it. */
export interface WorkOwner extends StepLoop {
  readonly pending: Set<PendingWork>;
  readonly debug: boolean;
  /** What drives its time; undefined for Node's own. */
  readonly backend: LoopBackend | undefined;
  /** How long in ms cancelled work may take to end. */
  readonly grace: number;
  /** Records where timers were set, however short. */
  readonly tracing: boolean;
  /** At this much pending work, ended timers are swept. */
  sweepAt: number;
}

/** The place that called `above`; V8 formats it only when it is read. */
export function siteOf(above: (...args: never[]) => unknown): Error {
  // Not `new Error()`: that captures a second stack.
  const site = Object.create(Error.prototype) as Error;
  captureStackTrace(site, above);
  return site;
}

/** `, created at …`, if that was recorded. */
export function placeOf({ site }: { readonly site: Error | undefined }): string {
  const frame = site?.stack?.split('\n').find(line => /^\s+at /.test(line));
  return frame === undefined ? '' : `, created ${frame.trim()}`;
}

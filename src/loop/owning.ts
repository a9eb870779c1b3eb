import type { Item } from './item';
import type { ExceptionContext, Step } from './step';

/** The part of a Loop that its tasks, timers and waits know. */
export interface Owning {
  readonly name: string;
  readonly items: Set<Item>;
  readonly debug: boolean;
  readonly closed: boolean;
  /** How long in ms cancelled work may take to end. */
  readonly grace: number;
  readonly hasExceptionHandler: boolean;
  /** Timers remember where they were set, however short. */
  readonly tracing: boolean;
  /** At this number of items, timers that are over are looked for. */
  sweepAt: number;
  /** Tells of an exception that nobody handled. */
  report(context: ExceptionContext, step: Step | undefined): void;
}

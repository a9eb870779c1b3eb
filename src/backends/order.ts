import type { LaterWork } from '../loop/steps/backend';
import type { Step } from '../loop/steps/step';

/** What kind of work waits for its turn. */
export type WorkKind = LaterWork['kind'] | 'timer' | 'immediate';

/** Work of a Loop that may run next, as an {@link Order} sees it. */
export interface ReadyWork {
  readonly kind: WorkKind;
  /** When it is due, by the clock of the backend, in ms. */
  readonly due: number;
  /** Its number in the order of creation, from 1. */
  readonly order: number;
  /** The step that started it. */
  readonly step: Step | undefined;
  /** Where it was started, if that was recorded. */
  readonly site: Error | undefined;
  /** `setTimeout(fn, 50)`, `task "pump"`. */
  describe(): string;
}

/** Which of the work that is ready goes first. */
export interface Order {
  /** How many ms apart two times may lie for their work to count as ready together. */
  readonly window: number;
  /** New tasks queue with the other work; otherwise each begins in a microtask. */
  readonly queuesTasks: boolean;
  /**
   * The index of the one that goes first. `ready` holds at least one, in real order: by due time, then by creation; with
   * a window, some may be due only later: the time then jumps to the one that is chosen.
   */
  next(ready: readonly ReadyWork[]): number;
}

/** The order that real time gives. */
export const IN_ORDER: Order = { window: 0, queuesTasks: false, next: () => 0 };

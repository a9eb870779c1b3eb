import type { Owning } from './owning';
import type { Step } from './step';

/** What kind of pending work it is. */
export type ItemKind = 'timer' | 'wait' | 'task';

/** One piece of pending work that a Loop owns. */
export interface Item {
  readonly kind: ItemKind;
  /** The Loop that it belongs to; another where that one took it over. */
  loop: Owning;
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

import type { Id, TimedEvent } from '../events/event';

/** Reads the events of a run. Those of one process come in their order; processes are not in step. */
export interface Reader {
  take(event: TimedEvent, lane: Id): void;
  /** The run has ended, for now: a part of it with another runner may follow. */
  end(): void;
}

/** What a reader says to the user. */
export type Print = (text: string) => void;

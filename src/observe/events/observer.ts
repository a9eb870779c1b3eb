import type { HappenedEvent, Id } from './event';

/**
 * Listens to what happens in this process. The store has one only while a reader wants the stream: everything else
 * checks that, and does nothing more.
 */
export interface Observer {
  /** Adds an event to the stream, with the time. Never throws. */
  emit(event: HappenedEvent): void;
  /** The time of the next event, in ms since the epoch. */
  now(): number;
  /** The same id for the same object. Holds no object. */
  idOf(subject: object): Id;
  /** From now on an object has this id. */
  name(subject: object, id: Id): void;
  /** Whether it is asked for the first time whether this object is new. */
  isNew(subject: object): boolean;
  /** The ids that a test or hook uses; to be added to. */
  usesOf(requester: object): Set<Id>;
  /** Writes what is still in memory. */
  flush(): void;
}

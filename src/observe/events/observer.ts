import type { HappenedEvent, Id } from './event';

/**
 * Listens to what happens in this process. There is one only while a reader wants the stream: everything else
 * checks that, and does nothing more.
 */
export interface Observer {
  /** Adds an event to the stream, with the time. Never throws. */
  emit(event: HappenedEvent): void;
  /** The same as the event of that name. */
  tearDownBegins(instance: Id): void;
  /** The same as the end of such a phase that has passed. */
  passed(phase: 'set-up' | 'tear-down', instance: Id): void;
  /** The time of the next event, in ms since the epoch. */
  now(): number;
  /** An id that is new in this process. */
  newId(): Id;
  /** The same for other processes. */
  outside(id: Id): Id;
  /** The same id for the same object. Holds no object. */
  idOf(subject: object): Id;
  /** From now on an object has this id. */
  name(subject: object, id: Id): void;
  /** Whether this object is seen for the first time. */
  isNew(subject: object): boolean;
  /** An instance is set up for a test, whose use of it follows from that. */
  setUpFor(requester: object, instance: object): void;
  /** A test or hook uses an instance. */
  use(requester: object, instance: object): void;
  /** What it uses that was not set up for it; undefined for nothing. */
  usesOf(requester: object): readonly Id[] | undefined;
  /** Writes what is still in memory. */
  flush(): void;
}

import type { HappenedEvent, Id } from './event';
import type { PhaseMark } from './marks';

/**
 * Listens to what happens in this process. There is one only while a reader wants the stream: everything else
 * checks that, and does nothing more.
 */
export interface Observer {
  /** Adds an event to the stream, with the time. Never throws. */
  emit(event: HappenedEvent): void;
  /*
   * The most frequent ones, without an object for each.
   */
  /** A test begins for the first time. `around`: the titles of its blocks, the same array for all tests in a block. */
  testBegins(test: Id, file: Id, around: readonly string[], title: string): void;
  testPassed(test: Id, file: Id, uses: readonly Id[]): void;
  /** A set-up begins for a test of this process, by its parameter or that of another fixture. */
  setUpBegins(instance: Id, fixture: Id, test: Id, file: Id, uses: readonly Id[]): void;
  /** A phase begins or has passed. */
  phase(mark: PhaseMark, id: Id): void;
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
  /** An instance is set up for the test with this id, whose use of it follows from that. */
  setUpFor(test: Id, instance: object): void;
  /** A test or hook uses an instance. */
  use(requester: object, instance: object): void;
  /** What it uses that was not set up for it; undefined for nothing. */
  usesOf(requester: object): readonly Id[] | undefined;
  /** Writes what is still in memory. */
  flush(): void;
}

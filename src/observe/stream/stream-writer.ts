import { closeSync, openSync, writeSync } from '../../node/fs';
import * as json from '../../node/json';
import { join } from '../../node/path';
import { processState } from '../../process/process-state';
import { after, cancel, now, type TimerHandle } from '../../process/real-time';
import { type HappenedEvent, type Id, inLane, type LaneEvent } from '../events/event';
import type { Observer } from '../events/observer';
import { Begun, PLAIN_END, type ShortEvent, shortened } from '../events/short-event';

/** How many events are kept before they are written. */
const FULL = 1024;

/** How long in ms an event may stay in memory: what a killed process loses. */
const LONGEST_WAIT = 25;

/** What objects carry: maps of thousands of them that come and go cost more. */
interface Observed {
  observedId?: Id | undefined;
  /** Of a test or hook: the instances that it uses. */
  observedUses?: Id[] | undefined;
  /** Of an instance: the test that it was set up for. */
  observedFor?: Id | undefined;
}

/** The events of this process, in a file of the run's folder. Writes as it goes, so memory does not grow. */
export class StreamWriter implements Observer {
  readonly #file: number;
  /** The declarations that it has described. */
  readonly #known = new Set<Id>();
  readonly #origin = performance.timeOrigin;
  readonly #flush = (): void => this.flush();
  /** In turn, the µs since the event before or `#base`, and an event. */
  #kept: (number | HappenedEvent | ShortEvent)[] = [];
  readonly #begun = new Begun();
  #base = 0;
  /** The µs since `#base` of the last event. */
  #last = 0;
  #timer: TimerHandle | undefined;
  #written = 0;

  constructor(
    /** The run's folder. */
    readonly folder: string,
    readonly lane: Id,
    first: Omit<LaneEvent, 'type' | 'lane'>,
  ) {
    this.#file = openSync(join(folder, `${lane}.jsonl`), 'a');
    process.on('exit', this.#flush);
    this.emit({ type: 'lane', lane, ...first });
    this.flush();
  }

  now(): number {
    return Math.round((this.#origin + now()) * 1000) / 1000;
  }

  emit(event: HappenedEvent): void {
    this.#add(shortened(event, this.#begun));
  }

  // The most frequent ones, without an object for each.

  tearDownBegins(instance: Id): void {
    if (typeof instance !== 'number') this.emit({ type: 'tear-down-begin', instance });
    else {
      this.#begun.begin('tear-down', instance);
      this.#add(instance);
    }
  }

  passed(phase: 'set-up' | 'tear-down', instance: Id): void {
    if (this.#begun.end(phase, instance)) this.#add(PLAIN_END);
    else this.#add({ type: `${phase}-end`, instance, outcome: 'passed' });
  }

  #add(event: HappenedEvent | ShortEvent): void {
    const time = this.now();
    if (this.#kept.length === 0) {
      this.#base = time;
      this.#last = 0;
    }
    const since = Math.round((time - this.#base) * 1000);
    this.#kept.push(since - this.#last, event);
    this.#last = since;
    // What comes after a silence is written at once: a process that is killed is usually killed for its silence.
    if (this.#kept.length >= 2 * FULL || time - this.#written > LONGEST_WAIT) this.flush();
    else this.#timer ??= processState.outer(() => after(LONGEST_WAIT, this.#flush).unref());
  }

  flush(): void {
    if (this.#timer !== undefined) cancel(this.#timer);
    this.#timer = undefined;
    if (this.#kept.length === 0) return;
    const kept = this.#kept;
    this.#kept = [];
    this.#begun.clear();
    this.#written = this.now();
    try {
      // Many at once take half the time of one after the other, here and in the reader. Streams stand in pages as they
      // are: nothing in them may end an element.
      const text = json.stringify([this.#base, ...kept]).replaceAll('<', '\\u003c');
      writeSync(this.#file, `${text}\n`);
    } catch {
      // A full disk must not fail a test; the page says that events are missing.
    }
  }

  idOf(subject: object): Id {
    const observed = subject as Observed;
    observed.observedId ??= this.newId();
    return observed.observedId;
  }

  newId(): Id {
    return ++processState.lastObservedId;
  }

  outside(id: Id): Id {
    return typeof id === 'number' ? inLane(this.lane, id) : id;
  }

  name(subject: object, id: Id): void {
    (subject as Observed).observedId = id;
  }

  isNew(subject: object): boolean {
    const id = this.idOf(subject);
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    return true;
  }

  setUpFor(requester: object, instance: object): void {
    (instance as Observed).observedFor = this.idOf(requester);
  }

  use(requester: object, instance: object): void {
    const { observedFor } = instance as Observed;
    if (observedFor !== undefined && observedFor === this.idOf(requester)) return;
    const id = this.idOf(instance);
    const using = requester as Observed;
    if (using.observedUses === undefined) using.observedUses = [id];
    else if (!using.observedUses.includes(id)) using.observedUses.push(id);
  }

  usesOf(requester: object): readonly Id[] | undefined {
    return (requester as Observed).observedUses;
  }

  /** Nothing is emitted any more. */
  close(): void {
    this.flush();
    process.removeListener('exit', this.#flush);
    closeSync(this.#file);
  }
}

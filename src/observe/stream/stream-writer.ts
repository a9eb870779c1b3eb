import { closeSync, openSync, writeSync } from '../../node/fs';
import * as json from '../../node/json';
import { join } from '../../node/path';
import { processState } from '../../process/process-state';
import { after, cancel, now, type TimerHandle } from '../../process/real-time';
import { type HappenedEvent, type Id, inLane, type LaneEvent } from '../events/event';
import type { Observer } from '../events/observer';
import { Begun, type ShortEvent, shortened } from '../events/short-event';

/** How many events are kept before they are written. */
const FULL = 1024;

/** How long in ms an event may stay in memory: what a killed process loses. */
const LONGEST_WAIT = 25;

/** The events of this process, in a file of the run's folder. Writes as it goes, so memory does not grow. */
export class StreamWriter implements Observer {
  readonly #file: number;
  /** Objects carry their ids, and what they use: maps of thousands of objects that come and go cost more. */
  readonly #id = Symbol('id');
  readonly #uses = Symbol('uses');
  readonly #setUpFor = Symbol('setUpFor');
  readonly #known = new WeakSet<object>();
  readonly #origin = performance.timeOrigin;
  readonly #flush = (): void => this.flush();
  /** Times in µs since `#base`, and events in turn. */
  #kept: (number | HappenedEvent | ShortEvent)[] = [];
  readonly #begun = new Begun();
  #base = 0;
  #timer: TimerHandle | undefined;
  #written = 0;
  #lastId = 0;

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
    const time = this.now();
    if (this.#kept.length === 0) this.#base = time;
    this.#kept.push(Math.round((time - this.#base) * 1000), shortened(event, this.#begun.innermost));
    this.#begun.note(event);
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
    const on = this.#on(subject);
    on[this.#id] ??= this.newId();
    return on[this.#id]!;
  }

  newId(): Id {
    return ++this.#lastId;
  }

  outside(id: Id): Id {
    return typeof id === 'number' ? inLane(this.lane, id) : id;
  }

  name(subject: object, id: Id): void {
    this.#on(subject)[this.#id] = id;
  }

  isNew(subject: object): boolean {
    if (this.#known.has(subject)) return false;
    this.#known.add(subject);
    return true;
  }

  setUpFor(requester: object, instance: object): void {
    this.#on(instance)[this.#setUpFor] = this.idOf(requester);
  }

  use(requester: object, instance: object): void {
    if (this.#on(instance)[this.#setUpFor] === this.idOf(requester)) return;
    const id = this.idOf(instance);
    const using = requester as Record<symbol, Id[] | undefined>;
    const known = using[this.#uses];
    if (known === undefined) using[this.#uses] = [id];
    else if (!known.includes(id)) known.push(id);
  }

  usesOf(requester: object): readonly Id[] | undefined {
    return (requester as Record<symbol, Id[] | undefined>)[this.#uses];
  }

  /** The ids that an object carries. */
  #on(subject: object): Record<symbol, Id | undefined> {
    return subject as Record<symbol, Id | undefined>;
  }

  /** Nothing is emitted any more. */
  close(): void {
    this.flush();
    process.removeListener('exit', this.#flush);
    closeSync(this.#file);
  }
}

import { closeSync, openSync, writeSync } from '../../node/fs';
import { join } from '../../node/path';
import { processState } from '../../process/process-state';
import { after, cancel, now, type TimerHandle } from '../../process/real-time';
import { type HappenedEvent, type Id, inLane, type LaneEvent } from '../events/event';
import { MARK, type PhaseMark, phaseEvent } from '../events/marks';
import type { Observer } from '../events/observer';
import { LineWriter } from './line-writer';

/** How long in ms an event may stay in memory: what a killed process loses. */
const LONGEST_WAIT = 100;

/** No id. A number, as most ids are: code that compares two numbers is compiled once. */
const NONE = 0;

/** What objects carry: maps of thousands of them that come and go cost more. */
interface Observed {
  observedId?: Id | undefined;
  /** Of a test or hook: the instances that it uses. */
  observedUses?: Id[] | undefined;
  /** Of an instance: the test that it was set up for. */
  observedFor?: Id | undefined;
  /** Of a declaration: the stream that describes it. */
  observedBy?: StreamWriter | undefined;
}

/** The events of this process, in a file of the run's folder. Writes as it goes, so memory does not grow. */
export class StreamWriter implements Observer {
  readonly #file: number;
  readonly #origin = performance.timeOrigin;
  readonly #flush = (): void => this.flush();
  readonly #late = (): void => {
    this.#timer = undefined;
    if (this.#line.isEmpty) return;
    // Events that came in quick succession may just have been written for their number or the time.
    const left = LONGEST_WAIT - (now() - this.#written);
    if (left > 1) this.#wait(left);
    else this.flush();
  };
  readonly #line = new LineWriter();
  /** The last test that has begun in the line, its file, and the titles around it. */
  #test: Id = NONE;
  #testFile: Id = NONE;
  #around: readonly string[] | undefined;
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
    this.#line.event(event);
    if (event.type === 'test-begin') this.#inTest(event.test, event.file, undefined);
    this.#added();
  }

  testBegins(test: Id, file: Id, around: readonly string[], title: string): void {
    const isBeside = this.#around === around && this.#testFile === file;
    if (isBeside && typeof test === 'number') {
      this.#line.mark(MARK.testBegin, test);
      this.#line.value(title);
    } else this.#line.event({ type: 'test-begin', test, file, titles: [...around, title] });
    this.#inTest(test, file, around);
    this.#added();
  }

  testPassed(test: Id, file: Id, uses: readonly Id[]): void {
    if (typeof test === 'number' && this.#testFile === file && LineWriter.takes(uses)) {
      this.#line.mark(MARK.testEnd, test);
      this.#line.ids(uses);
    } else {
      const used = uses.length > 0 ? { uses } : undefined;
      this.#line.event({ type: 'test-end', test, file, outcome: 'passed', ...used });
    }
    this.#added();
  }

  setUpBegins(instance: Id, fixture: Id, test: Id, file: Id, uses: readonly Id[]): void {
    const isPlain = this.#test === test && this.#testFile === file && LineWriter.takes(uses);
    if (isPlain && typeof instance === 'number' && typeof fixture === 'number') {
      this.#line.mark(MARK.setUpBegin, instance);
      this.#line.id(fixture);
      this.#line.ids(uses);
    } else this.#line.event({ type: 'set-up-begin', instance, fixture, uses, requester: test, file });
    this.#added();
  }

  phase(mark: PhaseMark, id: Id): void {
    if (typeof id === 'number') this.#line.mark(mark, id);
    else this.#line.event(phaseEvent(mark, id)!);
    this.#added();
  }

  #inTest(test: Id, file: Id, around: readonly string[] | undefined): void {
    this.#test = test;
    this.#testFile = file;
    this.#around = around;
  }

  #added(): void {
    // What comes after a silence is written at once: a process that is killed is usually killed for its silence.
    const { isFull, time } = this.#line;
    if (isFull || time - this.#written > LONGEST_WAIT) this.flush();
    else if (this.#timer === undefined) this.#wait(LONGEST_WAIT);
  }

  #wait(ms: number): void {
    this.#timer = processState.outer(() => after(ms, this.#late).unref());
  }

  flush(): void {
    if (this.#line.isEmpty) return;
    this.#test = NONE;
    this.#testFile = NONE;
    this.#around = undefined;
    this.#written = now();
    try {
      writeSync(this.#file, this.#line.end(this.#origin));
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
    const observed = subject as Observed;
    if (observed.observedBy === this) return false;
    observed.observedBy = this;
    return true;
  }

  setUpFor(test: Id, instance: object): void {
    (instance as Observed).observedFor = test;
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
    if (this.#timer !== undefined) cancel(this.#timer);
    process.removeListener('exit', this.#flush);
    closeSync(this.#file);
  }
}

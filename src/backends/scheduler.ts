import { processState } from '../process/process-state';
import type { FakeClock } from './fake-clock';
import type { Order } from './order';
import { ScheduledWork, type WorkOptions } from './scheduled-work';

/** Decides when the time may move. */
export interface TimeGate {
  /** Something ran, or the time has moved: whatever was seen of real I/O so far is out of date. */
  moved(): void;
  /** Whether the time may move now; otherwise in how many real ms to look again, 0 for the next turn. */
  mayJump(): true | number;
  /** Nothing is scheduled any more. Returns in how many real ms to look again; undefined for never. */
  idle(): number | undefined;
}

/**
 * Runs the work of a backend: one piece in each turn of Node's event loop, so that microtasks come in between as they do
 * after a timer. When nothing is ready, the time jumps to the next timer.
 */
export class Scheduler {
  /** What waits for its time; jumping to that makes it ready. */
  readonly #waiting = new Set<ScheduledWork>();
  /** What waits for its turn, in real order. */
  readonly #ready: ScheduledWork[] = [];
  #count = 0;
  #closed = false;
  /** Cancels the next turn. */
  #stopTurn: (() => void) | undefined;
  /** The next turn comes in the next turn of the event loop, not later. */
  #isSoon = false;
  /** How many real timers it has: one that fires counts until it returns, as Node counts it. */
  realTimers = 0;

  constructor(
    readonly clock: FakeClock,
    readonly order: Order,
    readonly gate: TimeGate,
  ) {}

  /** Whether anything is scheduled. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#ready.length === 0;
  }

  /** Schedules work for a time from now; undefined for the next turn. */
  add(options: WorkOptions, ms: number | undefined, call: () => void, repeats = false): ScheduledWork {
    const work = new ScheduledWork(options, ++this.#count, call, repeats);
    if (this.#closed) return work;
    if (ms === undefined) this.#makeReady(work);
    else this.#wait(work, ms);
    return work;
  }

  /** Gives work another time, whether it has run or not. */
  restart(work: ScheduledWork, ms: number): void {
    this.remove(work);
    if (!this.#closed) this.#wait(work, ms);
  }

  /** Takes work out; it does not run any more. */
  remove(work: ScheduledWork): void {
    if (this.#waiting.delete(work)) this.clock.clear(work.timer);
    if (!work.isReady) return;
    work.isReady = false;
    this.#ready.splice(this.#ready.indexOf(work), 1);
  }

  /** Looks again at once: what holds the time may be over. */
  wake(): void {
    if (this.#closed || this.#isSoon) return;
    this.#stopTurn?.();
    this.#isSoon = true;
    // Outside of every step: the driver belongs to no test.
    const turn = processState.outer(() => processState.real.setImmediate(() => this.#turn()));
    this.#stopTurn = () => processState.real.clearImmediate(turn);
  }

  /** Nothing runs any more. */
  close(): void {
    this.#closed = true;
    this.#stopTurn?.();
    for (const work of [...this.#waiting]) this.remove(work);
    this.#ready.length = 0;
    this.clock.close();
  }

  #wait(work: ScheduledWork, ms: number): void {
    work.due = work.next = this.clock.now() + ms;
    // No time is that of a wait for ever: it holds nothing back.
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#waiting.add(work);
    work.timer = this.clock.set(ms, () => this.#fire(work, ms), work.repeats);
    this.wake();
  }

  /** Its time has come. */
  #fire(work: ScheduledWork, ms: number): void {
    const { next } = work;
    if (work.repeats) work.next += ms;
    else this.#waiting.delete(work);
    this.#makeReady(work, next);
  }

  #makeReady(work: ScheduledWork, due = this.clock.now()): void {
    // A repeating timer whose last turn is still due: one turn is enough, as with Node's.
    if (work.isReady) return;
    work.isReady = true;
    work.due = due;
    this.#ready.push(work);
    this.wake();
  }

  #turn(): void {
    this.#stopTurn = undefined;
    this.#isSoon = false;
    if (this.#ready.length === 0 && !this.#becomesReady()) return;
    const next = this.#choose();
    this.gate.moved();
    this.wake();
    next.run();
  }

  /** Advances the time, if allowed. Returns whether anything is ready then. */
  #becomesReady(): boolean {
    if (this.#waiting.size === 0) {
      const ms = this.gate.idle();
      if (ms !== undefined) this.#turnIn(ms);
      return false;
    }
    const may = this.gate.mayJump();
    if (may !== true) {
      this.#turnIn(may);
      return false;
    }
    this.clock.jump();
    this.#sort();
    return this.#ready.length > 0;
  }

  /** Timers due together run in the order of their creation; a repeating one counts as created anew each time. */
  #sort(): void {
    const ready = this.#ready;
    if (ready.length > 1) ready.sort((a, b) => a.order - b.order);
    for (const work of ready) if (work.repeats) work.order = ++this.#count;
  }

  #turnIn(ms: number): void {
    if (ms === 0) {
      this.wake();
      return;
    }
    if (this.#isSoon) return;
    this.realTimers++;
    const turn = (): void => {
      try {
        this.#turn();
      } finally {
        this.realTimers--;
      }
    };
    const timer = processState.outer(() => processState.real.setTimeout(turn, ms));
    this.#stopTurn = () => {
      this.realTimers--;
      processState.real.clearTimeout(timer);
    };
  }

  /** Takes out the one that goes first. */
  #choose(): ScheduledWork {
    const { order } = this;
    if (order.window === 0)
      return this.#take(this.#ready[this.#ready.length === 1 ? 0 : order.next(this.#ready)]!);
    const latest = Math.min(...this.#ready.map(({ due }) => due)) + order.window;
    const near = [...this.#waiting]
      .filter(work => !work.isReady && work.next <= latest)
      .sort((a, b) => a.next - b.next || a.order - b.order);
    const all = [...this.#ready, ...near];
    const chosen = all[all.length === 1 ? 0 : order.next(all)]!;
    // Time never runs backwards, so the others fire late, as real timers may.
    if (!chosen.isReady) this.clock.advance(chosen.next - this.clock.now());
    return this.#take(chosen);
  }

  #take(work: ScheduledWork): ScheduledWork {
    work.isReady = false;
    this.#ready.splice(this.#ready.indexOf(work), 1);
    return work;
  }
}

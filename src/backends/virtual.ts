import type { LaterWork, LoopBackend, TimerRequest } from '../loop/steps/backend';
import type { RealTimers } from '../process/real-timers';
import { startTimer } from './backend-timer';
import { FakeClock, type FakeTimersClass } from './fake-clock';
import { type Driven, IoGate } from './io-gate';
import type { Order } from './order';
import { promisesOf } from './promises';
import { Scheduler } from './scheduler';
import type { Surroundings } from './surroundings';

/** What a backend of virtual time is made of. */
export interface VirtualOptions {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly Fakes: FakeTimersClass;
  /** Timers are numbers, as in a browser. */
  readonly numbers: boolean;
  readonly driven: Driven;
  readonly surroundings: Surroundings;
  readonly order: Order;
  /** Called once, at its end. */
  ended(backend: VirtualBackend): void;
}

/** Virtual time: it stands still while anything is ready, then jumps to the next timer. */
export class VirtualBackend implements LoopBackend {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly promises: RealTimers['promises'];
  readonly startTask: LoopBackend['startTask'];
  readonly traces: boolean;
  /** For what belongs to its order: a seed, a record of what went first. */
  readonly order: Order;
  readonly #clock: FakeClock;
  readonly #scheduler: Scheduler;
  readonly #numbers: boolean;
  readonly #ended: (backend: VirtualBackend) => void;
  #isClosed = false;

  constructor({ name, options, Fakes, numbers, driven, surroundings, order, ended }: VirtualOptions) {
    this.name = name;
    this.options = options;
    this.order = order;
    this.#numbers = numbers;
    this.#ended = ended;
    this.#clock = new FakeClock(Fakes, numbers);
    const threshold = (options.threshold as number | undefined) ?? 0;
    this.#scheduler = new Scheduler(this.#clock, order, new IoGate(driven, surroundings, threshold));
    this.promises = promisesOf((ms, fn, work) => this.later(ms, fn, work));
    // Only an order that is not the real one has to be explained.
    this.traces = order.queuesTasks;
    this.startTask = order.queuesTasks
      ? (begin, work) => void this.#scheduler.add(work, undefined, begin)
      : undefined;
  }

  /** How many real timers it has. */
  get realTimers(): number {
    return this.#scheduler.realTimers;
  }

  now(): number {
    return this.#clock.now();
  }

  wallClock(): number {
    return this.#clock.wallClock();
  }

  startTimer(request: TimerRequest): unknown {
    return startTimer(this.#scheduler, request, this.#numbers);
  }

  later(ms: number, fn: () => void, work: LaterWork): () => void {
    const added = this.#scheduler.add(work, ms === 0 ? undefined : ms, fn);
    return () => this.#scheduler.remove(added);
  }

  /** Looks again at once: something is awaited now. */
  wake(): void {
    this.#scheduler.wake();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#scheduler.close();
    this.#ended(this);
  }
}

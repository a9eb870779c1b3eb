import { TIMER } from '../loop/timers/timer';

/** The part of a timer that its handle uses. */
interface Handled {
  drop(): void;
  restart(): void;
  /** Itself as a number, which clears it as well. */
  number(): number;
}

/** The handle of an immediate, like Node's. */
export class Immediate {
  readonly [TIMER]: Handled;
  #isRef = true;

  constructor(timer: Handled) {
    this[TIMER] = timer;
  }

  ref(): this {
    this.#isRef = true;
    return this;
  }

  unref(): this {
    this.#isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.#isRef;
  }

  [Symbol.dispose ?? Symbol.for('nodejs.dispose')](): void {
    this[TIMER].drop();
  }
}

/** The handle of a timeout or interval, like Node's. */
export class Timeout extends Immediate {
  refresh(): this {
    this[TIMER].restart();
    return this;
  }

  close(): this {
    this[TIMER].drop();
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this[TIMER].number();
  }
}

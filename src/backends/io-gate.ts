import { cpuTime, type Look, RealIo, realNow } from './real-io';
import type { Gate } from './scheduler';

/** How long in real ms open sockets must be silent after traffic before the time moves. */
const QUIET = 10;
/** How long in real ms the time waits for requests that do not end. */
const LONGEST_REQUEST = 500;
/** How long in real ms nothing may happen before a test counts as stuck. */
const STUCK = 400;
/** In how many looks, too: time also passes while this process does not run. */
const LOOKS = 8;
/** How often in real ms a test that may be stuck is looked at. */
const SLICE = 25;
/** The CPU time in ms of one slice that shows a thread at work. */
const AT_WORK = 1;
/** How often in real ms to look again while something real may wake the test. */
const LATER = 100;

/** What the gate asks of the Loop that the backend drives. */
export interface Driven {
  /** Whether code of the Loop waits for anything, so that the time may move. */
  isAwaited(): boolean;
  /** Whether other code of the file may still wake it. Undefined: not of interest. */
  mayBeWoken?(): boolean;
  /** How many real timers belong to the package itself. */
  ownTimers(): number;
  /** Nothing is left that could wake it. */
  stuck?(): void;
}

/** Lets real I/O go first: decides when virtual time may move, and whether anything is left to wait for. */
export class IoGate implements Gate {
  readonly #io = new RealIo();
  readonly #threshold: number;
  /** The real time since when nothing has happened. */
  #since = 0;
  #traffic = -1;
  /** How often it was looked since then. */
  #looks = 0;
  /** There was traffic since the time moved last. */
  #isRestless = false;
  #stuckSince: number | undefined;
  #cpu = 0;

  constructor(
    readonly driven: Driven,
    threshold: number,
  ) {
    this.#threshold = threshold;
  }

  moved(): void {
    this.#since = 0;
    this.#stuckSince = undefined;
  }

  mayJump(): true | number {
    if (!this.driven.isAwaited()) return LATER;
    const look = this.#io.look();
    const now = realNow();
    this.#note(look, now);
    const waited = now - this.#since;
    const isShort = this.#looks < LOOKS;
    if (this.#threshold > 0 && (waited < this.#threshold || isShort)) return waited < 1 ? 0 : 1;
    if (look.requests && (waited < LONGEST_REQUEST || isShort)) return waited < 1 ? 0 : 1;
    if (look.handles && this.#isRestless && (waited < QUIET || isShort)) return waited < 1 ? 0 : 1;
    this.#isRestless = false;
    this.#since = 0;
    return true;
  }

  idle(): number | undefined {
    const { driven } = this;
    if (driven.stuck === undefined || !driven.isAwaited())
      return driven.stuck === undefined ? undefined : LATER;
    const look = this.#io.look();
    const now = realNow();
    const hasMoved = this.#note(look, now);
    const cpu = cpuTime();
    const isAtWork = cpu - this.#cpu > AT_WORK;
    this.#cpu = cpu;
    // One timer is the gate's own.
    const others = this.#io.timersSinceStart(look) - driven.ownTimers() - 1;
    const mayWake = hasMoved || isAtWork || look.requests || look.handles || look.mayWake || others > 0;
    if (mayWake || driven.mayBeWoken?.() === true) {
      this.#stuckSince = undefined;
      return look.mayWake ? LATER : SLICE;
    }
    this.#stuckSince ??= now;
    if (now - this.#stuckSince < STUCK) return SLICE;
    this.#stuckSince = undefined;
    driven.stuck();
    return LATER;
  }

  /** Whether anything came in or went out since the last look. */
  #note(look: Look, now: number): boolean {
    const hasMoved = look.traffic !== this.#traffic;
    this.#traffic = look.traffic;
    if (hasMoved) this.#isRestless = true;
    this.#looks++;
    if (hasMoved || this.#since === 0) {
      this.#since = now;
      this.#looks = 0;
    }
    return hasMoved;
  }
}

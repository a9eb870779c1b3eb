import { type Look, RealIo } from './real-io';
import type { TimeGate } from './scheduler';
import type { Surroundings } from './surroundings';

/** How long in real ms open sockets must be silent after traffic before the time moves. */
const QUIET = 10;
/** How long in real ms the time waits for requests that do not end. */
const LONGEST_REQUEST = 500;
/** In how many looks, too: time also passes while this process does not run. */
const LOOKS = 8;
/** How often in real ms a test that may be stuck is looked at. */
const SLICE = 25;
/**
 * After so many looks in a row that find nothing, a test is stuck: 400 ms, and more on a busy machine. Not after a time:
 * the process may not have run in it.
 */
const STUCK = 16;
/** The CPU time in ms of one slice that shows a thread at work. */
const AT_WORK = 1;
/** How often in real ms to look again while something real may wake the test. */
const LATER = 100;

/** What the gate has to know about the Loop that the backend drives. */
export interface Driven {
  /** Whether code of the Loop waits for anything, so that the time may move. */
  isAwaited(): boolean;
  /** Whether other code of the file may still wake it. Undefined: not of interest. */
  mayBeWoken?(): boolean;
  /** How many real timers the functions under way have: time limits. */
  ownTimers(): number;
  /** Nothing is left that could wake it. */
  stuck?(): void;
}

/** Lets real I/O go first: decides when virtual time may move, and whether anything is left to wait for. */
export class IoGate implements TimeGate {
  readonly #threshold: number;
  /** The real time since when nothing has happened. */
  #since = 0;
  #traffic = -1;
  /** How often it was looked since then. */
  #looks = 0;
  /** There was traffic since the time moved last. */
  #isRestless = false;
  /** How many looks in a row found nothing that could wake the test. */
  #idleLooks = 0;
  /** When the last of them was. */
  #lastLook = 0;
  #cpu = 0;

  constructor(
    readonly driven: Driven,
    readonly surroundings: Surroundings,
    threshold: number,
    readonly io: Pick<RealIo, 'look'> = new RealIo(),
  ) {
    this.#threshold = threshold;
  }

  moved(): void {
    this.#since = 0;
    this.#idleLooks = 0;
  }

  mayJump(): true | number {
    if (!this.driven.isAwaited()) return LATER;
    const look = this.io.look();
    this.#note(look);
    const waited = look.at - this.#since;
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
    if (driven.stuck === undefined) return undefined;
    if (!driven.isAwaited()) return this.#lookAgain(LATER);
    const look = this.io.look();
    if (this.#mayWake(look)) return this.#lookAgain(look.mayWake ? LATER : SLICE);
    // A function that begins to wait makes it look at once.
    if (look.at - this.#lastLook < SLICE / 2) return SLICE;
    this.#lastLook = look.at;
    if (++this.#idleLooks < STUCK) return SLICE;
    driven.stuck();
    return this.#lookAgain(LATER);
  }

  /** The test is not stuck. */
  #lookAgain(ms: number): number {
    this.#idleLooks = 0;
    return ms;
  }

  /** Whether anything may still wake the test. */
  #mayWake(look: Look): boolean {
    const { driven, surroundings } = this;
    const hasMoved = this.#note(look);
    const isAtWork = look.cpu - this.#cpu > AT_WORK;
    this.#cpu = look.cpu;
    if (hasMoved || isAtWork || look.requests || look.handles || look.mayWake) return true;
    if (surroundings.spawned.areAny || driven.mayBeWoken?.() === true) return true;
    return surroundings.timers.areMore(look.timers - driven.ownTimers());
  }

  /** Whether anything came in or went out since the last look. */
  #note(look: Look): boolean {
    const hasMoved = look.traffic !== this.#traffic;
    this.#traffic = look.traffic;
    if (hasMoved) this.#isRestless = true;
    this.#looks++;
    if (hasMoved || this.#since === 0) {
      this.#since = look.at;
      this.#looks = 0;
    }
    return hasMoved;
  }
}

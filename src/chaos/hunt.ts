import { type Chooser, GivenChooser, SeededChooser } from './chooser';
import type { Decision, Decisions } from './decisions';
import { type Budget, shrink, type Trials } from './shrink';

/** How many attempts are made to find a simpler order that fails, and for how long, ms. */
const MOST_TRIALS = 300;
const LONGEST = 10_000;

/** How one attempt of a test ended. */
export interface Ended {
  /** What distinguishes its failure from others; undefined if it passed. */
  readonly failure: string | undefined;
  /** Its scheduling decisions; undefined if it did not get as far as its backend. */
  readonly decisions: Decisions | undefined;
}

/** What was found. */
export interface Race {
  /** The first seed with which the test failed. */
  readonly seed: number;
  /** The attempt that failed, from 1, and how many there would have been. */
  readonly run: number;
  readonly races: number;
  /**
   * `'order'`: the order decides; `'always'`: the test fails in real order, too; `'unsteady'`: the same order did not
   * fail again.
   */
  readonly cause: 'order' | 'always' | 'unsteady';
  /** The last step at which the failing order, the simplest one found, left the passing one. */
  readonly step: Decision | undefined;
  /** The number of steps at which the simplest failing order differs from real order. */
  readonly deviations: number;
}

/**
 * The search for a race in one test: attempts in random orders until one fails, then attempts in simpler orders to see
 * which step decides.
 */
export class Hunt {
  #run = 0;
  #race: Race | undefined;
  #failure: string | undefined;
  #trials: Trials<unknown> | undefined;
  #trial: Chooser | undefined;
  #failing: Decisions | undefined;
  readonly #budget: Budget = { left: MOST_TRIALS };
  #began = 0;

  constructor(
    /** `--races`. */
    readonly races: number,
    /** Of the first attempt; each further one has the next. */
    readonly seed: number,
    /** The full name of the test. */
    readonly name: string,
    readonly now: () => number,
  ) {}

  /** What was found, once the test has failed. */
  get race(): Race | undefined {
    return this.#race;
  }

  /** Whether an attempt may follow the current one. */
  get goesOn(): boolean {
    return this.#trials !== undefined || (this.#race === undefined && this.#run < this.races);
  }

  /** The seed of the next attempt; once the test has failed, that of the failure. */
  get nextSeed(): number {
    return this.#race?.seed ?? this.seed + this.#run;
  }

  /** The order of the next attempt. */
  nextChooser(): Chooser {
    return this.#trial ?? new SeededChooser(this.nextSeed, this.name);
  }

  /** Takes the end of an attempt. Returns whether there is to be another. */
  ended({ failure, decisions }: Ended): boolean {
    if (this.#trials !== undefined) {
      const same = failure !== undefined && failure === this.#failure;
      if (same && decisions !== undefined) this.#failing = decisions;
      if (this.now() - this.#began > LONGEST) this.#budget.left = 0;
      return this.#next(this.#trials.next(same));
    }
    if (this.#race !== undefined) return false;
    const seed = this.nextSeed;
    this.#run++;
    if (failure === undefined) return this.#run < this.races;
    this.#failure = failure;
    this.#failing = decisions;
    this.#race = {
      seed,
      run: this.#run,
      races: this.races,
      cause: 'always',
      step: undefined,
      deviations: decisions?.deviations.length ?? 0,
    };
    // In this attempt, the order was the real one.
    if (this.#race.deviations === 0) return false;
    this.#began = this.now();
    this.#trials = shrink(decisions!.deviations, this.#budget);
    return this.#next(this.#trials.next());
  }

  /** No further attempts: the run is interrupted. */
  stop(): void {
    this.#trials = undefined;
    this.#trial = undefined;
    this.#run = this.races;
  }

  #next({ done, value }: IteratorResult<unknown, unknown>): boolean {
    if (!done) {
      this.#trial = new GivenChooser(value as []);
      return true;
    }
    this.#trials = undefined;
    this.#trial = undefined;
    const found = value as readonly unknown[] | undefined;
    const cause = found === undefined ? 'unsteady' : found.length === 0 ? 'always' : 'order';
    const step = cause === 'always' ? undefined : this.#failing?.lastDeviation;
    this.#race = { ...this.#race!, cause, step, deviations: found?.length ?? this.#race!.deviations };
    return false;
  }
}

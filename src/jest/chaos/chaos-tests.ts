import { ChaosOrder } from '../../chaos/chaos-order';
import { SeededChooser } from '../../chaos/chooser';
import { Hunt } from '../../chaos/hunt';
import { fixedSeed, raceReport, replayLine } from '../../errors/loop/chaos';
import { processState } from '../../process/process-state';
import type { DescribeBlock, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { addToReport } from './add-to-report';
import { failureKey } from './failure-key';
import { placesOf } from './places';
import { rerun, withoutReruns } from './rerun';

/** The options of the backend `chaos`. */
export interface ChaosOptions {
  readonly seed?: number;
  /** In ms. */
  readonly window?: number;
}

/** The options of the run that concern chaos. */
export interface ChaosRun {
  /** Where a test's options have no seed. */
  readonly seed: number;
  /** `--races`: how often each test runs; undefined for once, without a search. */
  readonly races: number | undefined;
}

/** The current attempt of a test on `chaos`. */
interface Current {
  readonly seed: number;
  readonly order: ChaosOrder;
}

/** The search for a race in a test, and the errors with which it failed first. */
interface Search {
  readonly hunt: Hunt;
  errors: unknown[] | undefined;
  /** No attempt follows. */
  isOver: boolean;
  /** By `request.skip`. */
  isSkipped: boolean;
}

/** The tests of a file that run on `chaos`: gives each attempt its order, and reports how to replay a failure. */
export class ChaosTests {
  readonly #current = new Map<TestEntry, Current>();
  readonly #searches = new Map<TestEntry, Search>();
  /** The tests whose options name a seed. */
  readonly #fixed = new Set<TestEntry>();

  constructor(
    readonly testFile: TestFile,
    readonly run: ChaosRun,
    /** The name of a test without the id of its backend: the same wherever else it may run. */
    readonly nameOf: (entry: TestEntry) => string,
    /** Whether a test that is over counts as skipped. */
    readonly isSkipped: (entry: TestEntry) => boolean,
  ) {}

  /** The order of an attempt that begins. */
  begin(entry: TestEntry, options: ChaosOptions): ChaosOrder {
    const { window = 0, seed = this.run.seed } = options;
    if (options.seed !== undefined) this.#fixed.add(entry);
    const { races } = this.run;
    let search = this.#searches.get(entry);
    if (search === undefined && races !== undefined) {
      search = {
        hunt: new Hunt(races, seed, this.nameOf(entry), processState.real.now),
        errors: undefined,
        isOver: false,
        isSkipped: false,
      };
      this.#searches.set(entry, search);
    }
    const chooser = search?.hunt.nextChooser() ?? new SeededChooser(seed, this.nameOf(entry));
    const order = new ChaosOrder(window, chooser);
    this.#current.set(entry, { seed: search?.hunt.nextSeed ?? seed, order });
    return order;
  }

  /** A test is over, teardown included: reports how to replay a failure, or makes Jest run it again. */
  testDone(entry: TestEntry, interrupted: boolean): void {
    if (this.settle(entry, interrupted)) rerun(this.testFile, entry);
  }

  /** The same where the caller runs it again: returns whether it is to. */
  settle(entry: TestEntry, interrupted: boolean): boolean {
    const current = this.#current.get(entry);
    this.#current.delete(entry);
    const search = this.#searches.get(entry);
    if (search !== undefined) {
      if (search.isOver) {
        // A retry: what was found stays, and stands in the report once. Without an attempt of its own, the attempts
        // were made inside the one that ends here.
        if (current !== undefined && search.errors !== undefined) entry.errors = [...search.errors];
        return false;
      }
      search.isSkipped = this.isSkipped(entry);
      search.isOver = search.isSkipped || !this.#searchOn(entry, search, current, interrupted);
      return !search.isOver;
    }
    if (current !== undefined && entry.errors.length > 0) this.#explain(entry, [], current.seed);
    return false;
  }

  /** How many tests were searched for races, and how many of them failed. */
  get counts(): { readonly searched: number; readonly failed: number } {
    const searches = [...this.#searches.values()].filter(({ isSkipped }) => !isSkipped);
    return {
      searched: searches.length,
      failed: searches.filter(({ hunt }) => hunt.race !== undefined).length,
    };
  }

  /** A describe block is over: Jest reports each of its tests once. */
  describeDone(block: DescribeBlock): void {
    if (this.#searches.size > 0) withoutReruns(block);
  }

  #searchOn(entry: TestEntry, search: Search, current: Current | undefined, interrupted: boolean): boolean {
    const { hunt } = search;
    if (interrupted) hunt.stop();
    const failure = entry.errors.length > 0 ? failureKey(entry.errors[0], this.testFile.rootDir) : undefined;
    const again = hunt.ended({ failure, decisions: current?.order.decisions });
    if (hunt.race !== undefined) search.errors ??= entry.errors;
    if (again) {
      entry.errors = [];
      return true;
    }
    const { race } = hunt;
    if (race === undefined) return false;
    // What failed first; the attempts since then were only made to learn more about it.
    entry.errors = [...search.errors!];
    const { passing, failing } = placesOf(race.step, this.testFile.rootDir);
    const report = raceReport({ ...race, fullName: this.nameOf(entry), passing, failing });
    this.#explain(entry, [report], race.seed);
    search.errors = entry.errors;
    return false;
  }

  #explain(entry: TestEntry, lines: readonly string[], seed: number): void {
    const fixed = this.#fixed.has(entry) ? [fixedSeed(seed)] : [];
    addToReport(this.testFile, entry, [...lines, ...fixed, replayLine(seed, this.nameOf(entry))]);
  }
}

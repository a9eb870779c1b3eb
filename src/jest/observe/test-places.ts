import { hasFixtures, type TestPlan } from '../collect/plan';
import type { TestEntry } from '../file/circus';
import type { SandboxFunction } from '../file/realm';
import { QuickPlaces } from '../report/quick-places';
import { siteOfError, siteOfUnread } from '../report/sites';
import type { FileRun } from '../run/state/file-run';

/*
 * To find out where a small test stands takes longer than its set-ups. So in a file with more than a few tests with
 * fixtures, only those have a place that failed or took a while.
 */
const FEW = 20;

/** Where the tests of a file were registered. */
export class TestPlaces {
  readonly #run: FileRun;
  /** By their `asyncError`. */
  readonly #captured: QuickPlaces<Error>;
  #count = 0;
  /** Whether the file has tests with fixtures, and only a few; undefined before the first test begins. */
  #few: boolean | undefined;

  constructor(run: FileRun) {
    this.#run = run;
    this.#captured = new QuickPlaces(run.testFile);
  }

  /** A test was registered where `outer` is called right now. */
  capture(outer: SandboxFunction): void {
    const { tests, state } = this.#run.testFile;
    // Most tests with fixtures request them by name; the others' places come from `asyncError`.
    const entry = state.currentDescribeBlock.children.at(-1);
    if (entry?.type !== 'test' || !tests.has(entry) || this.#count++ >= FEW) return;
    this.#captured.capture(entry.asyncError, outer);
  }

  /** The place of a test that begins: undefined where only a failure or its time would be worth the search. */
  early(entry: TestEntry): string | undefined {
    if (this.#few === false) return undefined;
    const { plan } = this.#run;
    this.#few ??= plan !== undefined && hasFew(plan.tests.values());
    const needs = this.#few ? plan?.tests.get(entry)?.needs : undefined;
    return needs !== undefined && hasFixtures(needs) ? this.of(entry) : undefined;
  }

  of({ asyncError, failing }: TestEntry): string | undefined {
    const { realm, rootDir } = this.#run.testFile;
    const place = this.#captured.of(asyncError);
    if (place !== undefined) return place;
    // The stack of a failing test's error is put together of another's.
    return (failing ? siteOfError(asyncError, rootDir) : siteOfUnread(realm, asyncError, rootDir)).at;
  }
}

function hasFew(tests: Iterable<TestPlan>): boolean {
  let found = 0;
  for (const { needs } of tests) if (hasFixtures(needs) && ++found > FEW) return false;
  return found > 0;
}

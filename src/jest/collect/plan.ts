import type { NamedRequester } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { TestType } from '../../fixtures/declare/test-type';
import type { Dependency, ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Variant } from '../../fixtures/resolve/variants';
import type { TimeLimit } from '../../timeouts/time-limit';
import type { DescribeBlock, Hook, TestEntry } from '../file/circus';
import type { Markers } from '../file/markers';
import type { Callee } from '../file/registered';
import type { Group } from '../file/value-groups';

/** What one each-hook gets when it runs for a test. */
export interface HookNeeds {
  readonly dependencies: readonly Dependency[];
  /** Set up before the hook; the hook's own fixtures must not come after it. */
  readonly order: readonly ResolvedFixture[];
}

/** What tests of the same shape share: the fixtures they need, in set-up order. */
export interface Needs {
  readonly namespace: Namespace;
  readonly testType: TestType;
  /** The function's parameter is an object of fixtures. */
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly hooks: ReadonlyMap<Hook, HookNeeds>;
  /** Set up before the first each-hook. */
  readonly autoOrder: readonly ResolvedFixture[];
  /** Set up before the body. */
  readonly bodyOrder: readonly ResolvedFixture[];
  /** All requested fixtures: automatic ones, then the hooks', then the test's own. */
  readonly roots: readonly ResolvedFixture[];
  /** How many of them are automatic. */
  readonly autos: number;
  readonly varying: readonly ResolvedFixture[];
  /** The test or one of its each-hooks uses something of ours; `auto` fixtures do not count. */
  readonly uses: boolean;
  /** Each-hooks run for these tests, so teardown has to wait for the last of them. */
  readonly hooked: boolean;
}

/**
 * Whether tests have fixtures. These stay up until Jest has reported the outcome of the body and the hooks have run: a
 * hook that we add tears them down. No hooks run for concurrent tests, so theirs go down when Jest reports the test done.
 */
export function hasFixtures({ roots, passesDeps }: Needs): boolean {
  return roots.length > 0 || passesDeps;
}

/** One test as it will run. */
export interface TestPlan {
  readonly needs: Needs;
  readonly variant: Variant;
  /** The tests that share one value of a parametrised fixture with it. */
  readonly group: Group | undefined;
  readonly callee: Callee;
  readonly parallel: boolean;
  readonly tags: readonly string[];
  /** The test's own time limit, if it has one. */
  readonly limit: TimeLimit | undefined;
  readonly markers: Markers;
  /** The test, one of its hooks or fixtures requests a Loop, or something that needs one. */
  readonly wantsLoop: boolean;
}

/** A test that will run, with its plan. */
export interface Planned {
  readonly entry: TestEntry;
  readonly plan: TestPlan;
}

/** What a beforeAll or afterAll hook gets. */
export interface AllHookPlan {
  readonly describe: DescribeBlock;
  readonly namespace: Namespace;
  readonly testType: TestType;
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly order: readonly ResolvedFixture[];
  /** The values of parametrised fixtures that it runs with. */
  readonly variant: Variant;
  readonly group: Group | undefined;
  readonly requester: NamedRequester;
}

/** A test or hook that cannot run, and why. */
export interface Mistake<Entry> {
  readonly entry: Entry;
  readonly error: unknown;
}

/** The tests that need parametrised fixtures of a wider scope than their own, with the values they need. */
export type ValueUses = ReadonlyMap<TestEntry, ValueUse>;

export interface ValueUse {
  readonly variant: Variant;
  readonly grouping: readonly ResolvedFixture[];
}

/** The fixtures that a function requests. */
export function fixturesOf(dependencies: readonly Dependency[]): ResolvedFixture[] {
  return dependencies.flatMap(({ fixture }) => (fixture === undefined ? [] : [fixture]));
}

import { factoryMissing } from '../../errors/loop/backends';
import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { PLAIN, suffixOf, type Variant, variantsOf, varyingOf } from '../../fixtures/resolve/variants';
import { getOrMake } from '../../util/get-or-make';
import {
  copyTest,
  type DescribeBlock,
  eachHooksOf,
  fullNameOf,
  type Hook,
  isEnabled,
  type State,
  type TestEntry,
} from '../file/circus';
import { markersOf } from '../file/markers';
import type { Callee, RegisteredTest } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { refuseFixtureInRow } from './fixtures-in-row';
import { variantsToRun, withoutBackend } from './forced-backend';
import { alsoMatch } from './name-pattern';
import type { AllHookPlan, Mistake, Needs, Planned, ValueUse } from './plan';
import { planTest } from './plan-test';
import type { Planner } from './planner';
import { groupedFixtures } from './value-axes';

/** The tests of one describe block. */
export interface ExpandedTests {
  readonly planned: Planned[];
  readonly mistakes: Mistake<TestEntry>[];
  /** Tests of `.each` that are not managed. */
  readonly plainRows: Map<TestEntry, Callee>;
  /** The variants that take the place of a registered test. */
  readonly variants: Map<TestEntry, TestEntry[]>;
  readonly uses: Map<TestEntry, ValueUse>;
}

/** Plans the tests of one describe block: a test becomes one for each variant of its parametrised fixtures. */
export function expandTests(
  testFile: TestFile,
  planner: Planner,
  state: State,
  block: DescribeBlock,
  allHooks: ReadonlyMap<Hook, AllHookPlan>,
): ExpandedTests {
  const found: ExpandedTests = {
    planned: [],
    mistakes: [],
    plainRows: new Map(),
    variants: new Map(),
    uses: new Map(),
  };
  const bare = new Map<boolean, Needs>();
  const bareOf = (entry: TestEntry): Needs => getOrMake(bare, entry.concurrent, () => planner.bare(entry));
  const around = varyingAround(block, allHooks);
  const auto = testFile.options.mode === 'auto';
  for (const child of block.children) {
    if (child.type !== 'test' || child.mode === 'todo') continue;
    const registered = testFile.tests.get(child);
    const misread = isEnabled(child, state) ? refuseFixtureInRow(testFile, child) : undefined;
    if (misread !== undefined) {
      found.mistakes.push({ entry: child, error: testFile.makeError(misread) });
      continue;
    }
    if (registered === undefined && around === NOTHING && !mayBeManaged(testFile, child)) {
      if (auto && isEnabled(child, state))
        found.planned.push(planTest(testFile, child, bareOf(child), PLAIN, registered));
      continue;
    }
    let needs: Needs;
    try {
      if (registered?.problem !== undefined) throw testFile.makeError(registered.problem);
      needs = planner.needsOf(child, registered);
    } catch (error) {
      // A skipped test does not report it.
      if (isEnabled(child, state)) found.mistakes.push({ entry: child, error });
      continue;
    }
    const isManaged = auto || needs.uses || around !== NOTHING || isMarked(testFile, child, registered);
    if (isManaged) addVariants(testFile, state, child, registered, needs, around, found);
    else if (registered !== undefined && registered.callee.fn !== child.fn)
      found.plainRows.set(child, registered.callee);
  }
  return found;
}

/** Adds a test for each variant; without parametrised fixtures there is one. */
function addVariants(
  testFile: TestFile,
  state: State,
  test: TestEntry,
  registered: RegisteredTest | undefined,
  needs: Needs,
  around: Around,
  found: ExpandedTests,
): void {
  const roots = around === NOTHING ? needs.roots : rootsAround(needs, around);
  const varying = around === NOTHING ? needs.varying : varyingOf(roots);
  const grouping = groupedFixtures(varying.length === 0 ? [] : roots);
  const entries: TestEntry[] = [];
  for (const { variant, suffix: ids } of variantsToRun(testFile, variantsOf(varying))) {
    const missing = registered?.options.loopFactories && missingBackend(testFile, needs, variant);
    const suffix = missing ?? ids;
    const entry: TestEntry = suffix === '' ? test : copyTest(test, test.name + suffix);
    if (missing !== undefined) entry.mode = 'skip';
    if (entry !== test) {
      const names = new Set([test.name, test.name + suffixOf(withoutBackend(variant))]);
      for (const name of names) alsoMatch(state, fullNameOf(test, name), fullNameOf(entry));
    }
    entries.push(entry);
    if (grouping.length > 0) found.uses.set(entry, { variant, grouping });
    if (isEnabled(entry, state)) found.planned.push(planTest(testFile, entry, needs, variant, registered));
  }
  if (entries.length > 1 || entries[0] !== test) found.variants.set(test, entries);
}

/** The suffix of a variant whose backend, picked by the test, does not exist; undefined for any other variant. */
function missingBackend(testFile: TestFile, { namespace }: Needs, variant: Variant): string | undefined {
  if (namespace.kind !== 'test') return undefined;
  for (const [declaration, index] of variant) {
    if (declaration.name !== LOOP_BACKEND || declaration.namespace !== namespace) continue;
    const name = String(declaration.options.params![index]);
    const known = testFile.factories.names(namespace);
    if (!known.includes(name)) return factoryMissing(name, known);
  }
  return undefined;
}

/** A test that requests nothing may still have automatic fixtures, markers, or hooks that request something. */
function mayBeManaged(testFile: TestFile, entry: TestEntry): boolean {
  if ((testFile.hasAuto || testFile.hasPolicyFixtures) && testFile.options.mode === 'auto') return true;
  if (testFile.marks.size > 0) return true;
  return testFile.hooks.size > 0 && eachHooksOf(entry).some(hook => testFile.hooks.has(hook));
}

/** Whether markers of a test or its blocks make it a managed one in strict mode. */
function isMarked(testFile: TestFile, entry: TestEntry, registered: RegisteredTest | undefined): boolean {
  const namespace = testFile.namespaceOf(entry.parent);
  const { useFixtures, usedBy, ...markers } = markersOf(testFile, namespace, registered?.markers);
  return markers.loop !== false && Object.values(markers).some(value => value !== undefined);
}

/** The parametrised fixtures that hooks around the tests of a block need, in the order in which the hooks run. */
interface Around {
  readonly beforeAll: readonly ResolvedFixture[];
  readonly afterAll: readonly ResolvedFixture[];
}

const NOTHING: Around = { beforeAll: [], afterAll: [] };

function varyingAround(block: DescribeBlock, allHooks: ReadonlyMap<Hook, AllHookPlan>): Around {
  if (allHooks.size === 0) return NOTHING;
  const beforeAll: ResolvedFixture[] = [];
  const afterAll: ResolvedFixture[] = [];
  for (let outer: DescribeBlock | undefined = block; outer !== undefined; outer = outer.parent) {
    const of = (type: Hook['type']): ResolvedFixture[] =>
      outer!.hooks
        .filter(hook => hook.type === type)
        .flatMap(hook => allHooks.get(hook)?.order.filter(({ varying }) => varying.length > 0) ?? []);
    beforeAll.unshift(...of('beforeAll'));
    afterAll.push(...of('afterAll'));
  }
  return beforeAll.length + afterAll.length === 0 ? NOTHING : { beforeAll, afterAll };
}

/** Automatic fixtures, then in the order in which hooks and the test request them. */
function rootsAround({ roots, autos }: Needs, { beforeAll, afterAll }: Around): ResolvedFixture[] {
  return [...roots.slice(0, autos), ...beforeAll, ...roots.slice(autos), ...afterAll];
}

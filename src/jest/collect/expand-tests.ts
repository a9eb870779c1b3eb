import { asksForLoop, NEEDS_LOOP } from '../../fixtures/life/requester-built-ins';
import { inOrder } from '../../fixtures/resolve/order';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { PLAIN, suffixOf, type Variant, variantsOf, varyingOf } from '../../fixtures/resolve/variants';
import { getOrMake } from '../../util/get-or-make';
import {
  copyTest,
  type DescribeBlock,
  fullNameOf,
  type Hook,
  isEnabled,
  type State,
  type TestEntry,
} from '../file/circus';
import { type Markers, markersOf, mergeMarkers } from '../file/markers';
import type { RegisteredTest, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { groupingOf, type ValueUses } from './group-tests';
import { alsoMatch } from './name-pattern';
import { plainRow } from './note-registered';
import type { AllHookPlan } from './plan-hooks';
import { eachHooksOf, type Needs, type Planner, type TestPlan } from './planner';

/** A test that is going to run with what it needs. */
export interface Planned {
  readonly entry: TestEntry;
  readonly plan: TestPlan;
}

/** Plans the tests of one describe block; those of several variants take the place of the one registered. */
export function planTests(
  testFile: TestFile,
  planner: Planner,
  state: State,
  block: DescribeBlock,
  allHooks: ReadonlyMap<Hook, AllHookPlan>,
  uses: ValueUses,
): Planned[] {
  const planned: Planned[] = [];
  const bare = new Map<boolean, Needs>();
  const bareOf = (entry: TestEntry): Needs => getOrMake(bare, entry.concurrent, () => planner.bare(entry));
  const around = aroundTests(block, allHooks);
  const replaced = new Map<TestEntry, TestEntry[]>();
  for (const child of block.children) {
    if (child.type !== 'test' || child.mode === 'todo') continue;
    const meta = testFile.tests.get(child);
    const auto = testFile.options.mode === 'auto';
    if (meta === undefined && around.length === 0 && !mayBeManaged(testFile, child)) {
      if (auto && isEnabled(child, state))
        planned.push(planTest(testFile, child, bareOf(child), PLAIN, meta));
      continue;
    }
    const needs = needsOf(testFile, planner, state, child, meta);
    if (needs === undefined) continue;
    const varying = around.length === 0 ? needs.varying : varyingOf([...needs.roots, ...around]);
    const grouping = groupingOf(varying.length === 0 ? [] : [...needs.roots, ...around]);
    const strict = !auto && !isMarked(testFile, child, meta);
    if (strict && !needs.uses && around.length === 0) {
      if (meta !== undefined && meta.callee.fn !== child.fn) child.fn = plainRow(meta.callee);
      continue;
    }
    const entries: TestEntry[] = [];
    for (const variant of variantsOf(varying)) {
      const suffix = suffixOf(variant);
      const entry: TestEntry = suffix === '' ? child : copyTest(child, child.name + suffix);
      if (entry !== child) alsoMatch(state, fullNameOf(child), fullNameOf(entry));
      entries.push(entry);
      if (grouping.length > 0) uses.set(entry, { variant, grouping });
      if (isEnabled(entry, state)) planned.push(planTest(testFile, entry, needs, variant, meta));
    }
    if (entries.length > 1 || entries[0] !== child) replaced.set(child, entries);
  }
  if (replaced.size > 0) {
    block.children = block.children.flatMap(
      child => (child.type === 'test' && replaced.get(child)) || [child],
    );
    block.tests = block.tests.flatMap(test => replaced.get(test) ?? [test]);
  }
  return planned;
}

function planTest(
  testFile: TestFile,
  entry: TestEntry,
  needs: Needs,
  variant: Variant,
  meta: RegisteredTest | undefined,
): Planned {
  const fn = entry.fn as UserFn;
  const markers = withDefaults(testFile, markersOf(testFile, needs.block, meta?.markers));
  const plan: TestPlan = {
    needs,
    variant,
    callee: meta?.callee ?? { fn, row: [], takesDone: fn.length > 0 },
    parallel: (meta?.options.setup ?? testFile.options.setup) === 'parallel',
    tags: meta?.options.tags ?? [],
    group: undefined,
    limit: entry.timeout ? { ms: entry.timeout, own: meta?.options.timeout !== undefined } : undefined,
    markers,
    wantsLoop: testFile.autouse || wantsLoop(needs, markers),
  };
  return { entry, plan };
}

/** A test that asks for nothing itself may have auto fixtures, marks, or hooks that ask. */
function mayBeManaged(testFile: TestFile, entry: TestEntry): boolean {
  if ((testFile.hasAuto || testFile.hasImplicit) && testFile.options.mode === 'auto') return true;
  if (testFile.marks.size > 0) return true;
  return testFile.hooks.size > 0 && eachHooksOf(entry).some(hook => testFile.hooks.has(hook));
}

/** Undefined where a mistake was found, which is told if it is the test's turn. */
function needsOf(
  testFile: TestFile,
  planner: Planner,
  state: State,
  entry: TestEntry,
  meta: RegisteredTest | undefined,
): Needs | undefined {
  try {
    if (meta?.problem !== undefined) throw testFile.makeError(meta.problem);
    return planner.needsOf(entry, meta);
  } catch (error) {
    if (isEnabled(entry, state)) {
      // Before its run, so that it is neither run nor retried.
      entry.errors.push([error, entry.asyncError]);
      entry.fn = () => {};
    }
    return undefined;
  }
}

/** Whether a Loop is named by a test, its hooks, or a fixture that they need: all that `autouse: false` leaves. */
function wantsLoop({ dependencies, hooks, roots }: Needs, { loopScope, useFixtures = [] }: Markers): boolean {
  const all = [...dependencies, ...[...hooks.values()].flatMap(hook => hook.dependencies)];
  return (
    loopScope !== undefined ||
    useFixtures.some(name => NEEDS_LOOP.has(name)) ||
    all.some(({ name }) => NEEDS_LOOP.has(name)) ||
    inOrder(roots).some(asksForLoop)
  );
}

/** What the project says where no marker does. */
function withDefaults(testFile: TestFile, markers: Markers): Markers {
  const { catchLoopExceptions, forbidGetEventLoop } = testFile.options;
  if (catchLoopExceptions === undefined && forbidGetEventLoop === undefined) return markers;
  const forbid =
    typeof forbidGetEventLoop === 'object'
      ? { timers: forbidGetEventLoop.timers === true }
      : forbidGetEventLoop === true
        ? { timers: false }
        : undefined;
  return mergeMarkers(
    {
      ...(catchLoopExceptions === undefined ? {} : { catchLoopExceptions }),
      ...(forbid && { forbidGetEventLoop: forbid }),
    },
    markers,
  );
}

/** Whether a test of strict mode says, itself or by its blocks, that it is managed. */
function isMarked(testFile: TestFile, entry: TestEntry, meta: RegisteredTest | undefined): boolean {
  const { useFixtures, ...markers } = markersOf(testFile, testFile.namespaceOf(entry.parent), meta?.markers);
  return markers.loop !== false && Object.values(markers).some(value => value !== undefined);
}

/** What the beforeAll and afterAll hooks around the tests of a block need of parametrised fixtures. */
function aroundTests(block: DescribeBlock, allHooks: ReadonlyMap<Hook, AllHookPlan>): ResolvedFixture[] {
  if (allHooks.size === 0) return [];
  const roots: ResolvedFixture[] = [];
  for (let outer: DescribeBlock | undefined = block; outer !== undefined; outer = outer.parent) {
    for (const hook of outer.hooks) roots.push(...(allHooks.get(hook)?.order ?? []));
  }
  return roots.filter(({ varying }) => varying.length > 0);
}

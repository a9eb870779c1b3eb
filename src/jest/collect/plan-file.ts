import type { NamedRequester } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import {
  type DescribeBlock,
  describeBlocks,
  type Hook,
  isEnabled,
  type State,
  type TestEntry,
} from '../file/circus';
import type { TestFile } from '../file/test-file';
import { applyPlan } from './apply-plan';
import { groupTests } from './group-tests';
import type { AllHookPlan, TestPlan } from './plan';
import { planHooksAround } from './plan-around';
import { planEntries } from './plan-entries';
import { Planner } from './planner';
import { refuseBackend } from './refuse-backend';

/** What each test and hook of a file needs. Made once, when everything is declared; never changed afterwards. */
export interface FilePlan {
  /** The managed tests that will run. */
  readonly tests: ReadonlyMap<TestEntry, TestPlan>;
  /** The beforeAll and afterAll hooks that request fixtures or run for managed tests. */
  readonly allHooks: ReadonlyMap<Hook, AllHookPlan>;
  /** All describe blocks, outermost first; also those made for the values of parametrised fixtures. */
  readonly describes: readonly DescribeBlock[];
  /** Overrides that override nothing. */
  readonly problems: readonly Error[];
  /** The tests that report a mistake instead of running. */
  readonly mistaken: ReadonlySet<TestEntry>;
  /** Whether a hook requests fixtures when it runs for a test in `namespace`. */
  requestsFixtures(hook: Hook, namespace: Namespace): boolean;
  /** A hook as messages name it. */
  requesterOf(hook: Hook): NamedRequester;
}

/** Plans a file at the end of its collection. Adds the tests and blocks of parametrised fixtures to Jest's tree. */
export function planFile(testFile: TestFile, state: State): FilePlan {
  const registered = [...describeBlocks(state.rootDescribeBlock)];
  const planner = new Planner(testFile);
  const entries = refuseBackend(testFile, planEntries(testFile, planner, state, registered));
  const { allHooks: requesting, uses } = entries;
  applyPlan(testFile, entries, registered);
  const tests = new Map(entries.tests.map(({ entry, plan }) => [entry, plan]));
  const mistaken = new Set(entries.testMistakes.map(({ entry }) => entry));
  const problems = refuseOverrides(testFile, registered, state);
  if (uses.size > 0) groupTests(testFile, tests, state, uses, requesting);
  const describes = uses.size > 0 ? [...describeBlocks(state.rootDescribeBlock)] : registered;
  return {
    tests,
    allHooks: planHooksAround(testFile, planner, describes, requesting, [...tests.values()]),
    describes,
    problems,
    mistaken,
    requestsFixtures: (hook, namespace) => {
      const registration = testFile.hooks.get(hook);
      if (registration === undefined) return false;
      return planner.requestedBy(registration, namespace, registration.testType) !== undefined;
    },
    requesterOf: hook => planner.requesterOf(hook),
  };
}

/** A misspelt override would have no effect, silently. Only those count that some test to run can see. */
function refuseOverrides(testFile: TestFile, describes: readonly DescribeBlock[], state: State): Error[] {
  const running = new Set(
    describes
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(each => testFile.namespaceOf(each)),
  );
  return testFile.overrides.flatMap(declaration => {
    const { namespace, testType = ALL_TESTS } = declaration;
    if (![...running].some(each => namespace.contains(each))) return [];
    const problem = testFile.resolver.refuseOverride(declaration, namespace, testType);
    return problem === undefined ? [] : [testFile.makeError(problem)];
  });
}

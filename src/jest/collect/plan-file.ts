import type { Asker } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { type DescribeBlock, type Hook, isEnabled, type State, type TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { planTests } from './expand-tests';
import { groupTests, type Uses } from './group-tests';
import { Planner, type TestPlan } from './needs';
import { planHooksAround } from './plan-around';
import { type AllHookPlan, planAllHooks } from './plan-hooks';
import { describeBlocks } from './register';

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
  /** Whether a hook requests fixtures when it runs for a test in `namespace`. */
  requestsFixtures(hook: Hook, namespace: Namespace): boolean;
  /** A hook as messages name it. */
  requesterOf(hook: Hook): Asker;
}

/** Plans a file at the end of its collection. Adds the tests and blocks of parametrised fixtures to Jest's tree. */
export function planFile(testFile: TestFile, state: State): FilePlan {
  const registered = [...describeBlocks(state.rootDescribeBlock)];
  const planner = new Planner(testFile);
  const asking = planAllHooks(testFile, planner, registered);
  const uses: Uses = new Map();
  const planned = registered.flatMap(each => planTests(testFile, planner, state, each, asking, uses));
  const tests = new Map(planned.map(({ entry, plan }) => [entry, plan]));
  const problems = refuseOverrides(testFile, registered, state);
  if (uses.size > 0) groupTests(testFile, tests, state, uses, asking);
  const describes = uses.size > 0 ? [...describeBlocks(state.rootDescribeBlock)] : registered;
  return {
    tests,
    allHooks: planHooksAround(testFile, planner, describes, asking, [...tests.values()]),
    describes,
    problems,
    requestsFixtures: (hook, namespace) => {
      const registration = testFile.hooks.get(hook);
      if (registration === undefined) return false;
      return planner.asked(registration, namespace, registration.testType) !== undefined;
    },
    requesterOf: hook => planner.askerOf(hook),
  };
}

/** A misspelt override would have no effect, silently. Only those count that some test to run can see. */
function refuseOverrides(testFile: TestFile, describes: readonly DescribeBlock[], state: State): Error[] {
  const running = new Set(
    describes
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(each => testFile.blockOf(each)),
  );
  return testFile.overrides.flatMap(declaration => {
    const { block, testType = ALL_TESTS } = declaration;
    if (![...running].some(each => block.contains(each))) return [];
    const problem = testFile.resolver.refuseOverride(declaration, block, testType);
    return problem === undefined ? [] : [testFile.makeError(problem)];
  });
}

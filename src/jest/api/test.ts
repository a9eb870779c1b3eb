import { invalidTestCall, otherName } from '../../errors/tests';
import { ALL_TESTS, extendTestType, type TestType } from '../../fixtures/declare/test-type';
import { rowProbe } from '../collect/note-registered';
import { type MarkerName, type Markers, mergeMarkers, NO_MARKERS } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { Registration, TestOptions, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { select, type TestForm } from '../file/test-form';
import { declareForm, siteOf } from './fixture';
import { addLazily } from './lazy-members';
import { isBare, isTestCall, MARKER_NAMES, markersIn, readMarker } from './marker-arguments';
import { hasOptions, readTestOptions } from './test-options';

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** The own `test` in one of its forms: `test.only`, `test.skip.failing`, an extended one … */
export function makeTest(
  testFile: TestFile,
  shape: TestForm,
  call = callOf(testFile, shape),
): SandboxFunction {
  const test = testFile.realm.wrap(call, 'test');
  testFile.testTypes.set(test, shape.testType);
  addLazily(test, members(testFile, shape));
  return test;
}

/** `mergeTests(a, b)`: sees the fixtures of both; where both have one of a name, the last wins. */
export function makeMergeTests(testFile: TestFile): SandboxFunction {
  return testFile.realm.wrap((tests, outer) => {
    const testTypes = tests.map(test => testFile.testTypes.of(test));
    const wrong = testTypes.indexOf(undefined);
    if (wrong >= 0 || tests.length === 0) {
      const fix = 'pass test functions; to add fixtures to one call test.extend({ … }).';
      throw testFile.makeError(
        invalidTestCall(
          'Expected mergeTests() to be called with test functions',
          tests[wrong],
          fix,
          siteOf(testFile, outer),
        ),
      );
    }
    return makeTest(testFile, { ...PLAIN_TEST, testType: extendTestType(...(testTypes as TestType[])) });
  });
}

/** The plain `test`. */
export const PLAIN_TEST: TestForm = {
  mode: undefined,
  concurrent: false,
  failing: false,
  markers: NO_MARKERS,
  testType: ALL_TESTS,
};

/** What hangs on a `test`; made when first looked at. */
function members(testFile: TestFile, shape: TestForm): Record<string, () => unknown> {
  const { wrap } = testFile.realm;
  const form =
    (change: Partial<TestForm>): (() => unknown) =>
    () =>
      makeTest(testFile, { ...shape, ...change });
  const found: Record<string, () => unknown> = {
    only: form({ mode: 'only' }),
    skip: form({ mode: 'skip' }),
    failing: form({ failing: true }),
    concurrent: form({ concurrent: true }),
    todo: () => (testFile.jest.test as Record<string, unknown>).todo,
    each: () => wrap(eachOf(testFile, shape)),
    extend: () =>
      wrap((args, outer) => {
        const testType = testFile.testTypes.extend(shape.testType, testFile.originOf('test.extend()'));
        declareForm(testFile, 'test.extend()', args, testType, false, outer);
        return makeTest(testFile, { ...shape, testType });
      }),
    override: () =>
      wrap((args, outer) => {
        const testType = shape.testType === ALL_TESTS ? undefined : shape.testType;
        declareForm(testFile, 'test.override()', args, testType, true, outer);
        return makeTest(testFile, shape);
      }),
    describe: () => testFile.api.describe,
    use: () => elsewhereCalled(testFile, 'use'),
    scoped: () => elsewhereCalled(testFile, 'scoped'),
  };
  for (const name of MARKER_NAMES) found[name] = () => markerOf(testFile, shape, name);
  for (const hook of HOOKS) found[hook] = () => wrap(hookOf(testFile, shape, hook));
  return found;
}

/** Playwright's `test.use` and Vitest's `test.scoped`, which have another name here. */
function elsewhereCalled(testFile: TestFile, name: string): SandboxFunction {
  return testFile.realm.wrap((_, outer) => {
    throw testFile.makeError(otherName(`test.${name}()`, siteOf(testFile, outer)));
  }, name);
}

/** `test.loopScope`, to be called with its argument; `test.loop`, which may be called as a test too. */
function markerOf(testFile: TestFile, shape: TestForm, name: MarkerName): SandboxFunction {
  const more = (markers: Markers | undefined): TestForm => ({
    ...shape,
    markers: mergeMarkers(shape.markers, markers),
  });
  const withArguments: HostFunction = (args, outer) =>
    makeTest(testFile, more(readMarker(testFile, 'test', name, args, outer)));
  if (!isBare(name)) return testFile.realm.wrap(withArguments, name);
  const bare = more(markersIn({ [name]: true }));
  const asTest = callOf(testFile, bare);
  return makeTest(testFile, bare, (args, outer) => (isTestCall(args) ? asTest : withArguments)(args, outer));
}

/** What calling a `test` does. */
export function callOf(testFile: TestFile, shape: TestForm): HostFunction {
  const own = select(testFile, shape);
  const { testType } = shape;
  return (args, outer) => {
    const [name, fn, timeout, options, markers] = readCall(testFile, shape, args, outer);
    registerOne(testFile, { testType, options, markers, outer, each: undefined }, () =>
      own(name, fn, timeout),
    );
  };
}

/** `.each`: Jest's own, told apart by a stand-in which gives the row of each test back. */
export function eachOf(testFile: TestFile, shape: TestForm): HostFunction {
  return (table, tableOuter) => {
    const bind = (select(testFile, shape) as unknown as { each: SandboxFunction }).each;
    const ofTable = bind(...table) as SandboxFunction;
    // Jest gives the tests of failing.each the place of the table.
    const place = shape.failing ? new testFile.realm.Error() : undefined;
    if (place !== undefined) testFile.realm.Error.captureStackTrace(place, tableOuter);
    return testFile.realm.wrap((args, outer) => {
      const [name, fn, timeout, options, markers] = readCall(testFile, shape, args, outer);
      if (typeof fn !== 'function') {
        ofTable(name, fn, timeout);
        return;
      }
      // jest-each passes `done` to plain and only tests alone:
      // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/index.ts#L150-L240
      const each = { fn: fn as UserFn, takesDone: !shape.concurrent && !shape.failing };
      const stand = rowProbe();
      register(testFile, { testType: shape.testType, options, markers, outer, place, each }, () =>
        ofTable(name, stand, timeout),
      );
    });
  };
}

/** `t.beforeEach` of an extended test: Jest's hook, which sees that test's fixtures. */
export function hookOf(testFile: TestFile, shape: TestForm, hook: string): HostFunction {
  return (args, outer) => {
    const own = testFile.jest[hook] as SandboxFunction;
    const { testType } = shape;
    const registration = { testType, options: undefined, markers: undefined, outer, each: undefined };
    register(testFile, registration, () => own(...args));
  };
}

/** `(name, fn, timeout)` or `(name, options, fn, timeout)`; what does not fit goes to Jest, which says so. */
function readCall(
  testFile: TestFile,
  shape: TestForm,
  args: readonly unknown[],
  outer: SandboxFunction,
): [
  name: unknown,
  fn: unknown,
  timeout: unknown,
  options: TestOptions | undefined,
  markers: Markers | undefined,
] {
  const [name, second, third, fourth] = args;
  const own = shape.markers === NO_MARKERS ? undefined : shape.markers;
  if (!hasOptions(args)) return [name, second, third, undefined, own];
  const options = readTestOptions(testFile, name, second as Record<string, unknown>, () =>
    siteOf(testFile, outer),
  );
  const said = markersIn(options);
  const markers = said === undefined ? own : mergeMarkers(own, said);
  return [name, third, fourth ?? options.timeout, options, markers];
}

/** Calls Jest's own function with a note about the test that it is going to register. */
function register(testFile: TestFile, registration: Registration, call: () => void): void {
  const before = testFile.registering;
  testFile.registering = registration;
  try {
    call();
  } finally {
    testFile.registering = before;
  }
}

/**
 * The same for one test. Jest takes two stacks here, of which none is of use: the place of the test is that of
 * `outer`, and is taken when Jest has registered it. They are the dearest part of a registration.
 */
function registerOne(testFile: TestFile, registration: Registration, call: () => void): void {
  // Refused, with an error that Jest makes of this very place.
  if (testFile.state.hasStarted) {
    register(testFile, registration, call);
    return;
  }
  const { Error: SandboxError } = testFile.realm;
  const limit = SandboxError.stackTraceLimit;
  SandboxError.stackTraceLimit = 0;
  try {
    register(testFile, { ...registration, limit }, call);
  } catch (error) {
    SandboxError.stackTraceLimit = limit;
    // Jest refuses the name or the function.
    SandboxError.captureStackTrace(error as Error, registration.outer);
    throw error;
  } finally {
    SandboxError.stackTraceLimit = limit;
  }
}

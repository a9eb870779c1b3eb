import { invalidTestCall, otherName } from '../../errors/tests';
import { type TestType, ALL_TESTS, extendTestType } from '../../fixtures/declare/test-type';
import { rowProbe } from '../collect/register';
import { type MarkerName, type Markers, mergeMarkers, NO_MARKERS } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { Registration, TestOptions, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { type TestForm, select } from '../file/test-form';
import { declareForm, siteOf } from './fixture';
import { addLazily } from './lazy-members';
import { isBare, isTestCall, MARKER_NAMES, markersIn, readMarker } from './marker-arguments';
import { hasOptions, readTestOptions } from './test-options';

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** The own `test` in one of its forms: `test.only`, `test.skip.failing`, an extended one … */
export function makeTest(session: TestFile, shape: TestForm, call = callOf(session, shape)): SandboxFunction {
  const test = session.kit.wrap(call, 'test');
  session.audiences.set(test, shape.audience);
  addLazily(test, members(session, shape));
  return test;
}

/** `mergeTests(a, b)`: sees the fixtures of both; where both have one of a name, the last wins. */
export function makeMergeTests(session: TestFile): SandboxFunction {
  return session.kit.wrap((tests, outer) => {
    const audiences = tests.map(test => session.audiences.of(test));
    const wrong = audiences.indexOf(undefined);
    if (wrong >= 0 || tests.length === 0) {
      const fix = 'pass test functions; to add fixtures to one call test.extend({ … }).';
      throw session.makeError(
        invalidTestCall(
          'Expected mergeTests() to be called with test functions',
          tests[wrong],
          fix,
          siteOf(session, outer),
        ),
      );
    }
    return makeTest(session, { ...PLAIN_SHAPE, audience: extendTestType(...(audiences as TestType[])) });
  });
}

/** The plain `test`. */
export const PLAIN_SHAPE: TestForm = {
  mode: undefined,
  concurrent: false,
  failing: false,
  markers: NO_MARKERS,
  audience: ALL_TESTS,
};

/** What hangs on a `test`; made when first looked at. */
function members(session: TestFile, shape: TestForm): Record<string, () => unknown> {
  const { wrap } = session.kit;
  const form =
    (change: Partial<TestForm>): (() => unknown) =>
    () =>
      makeTest(session, { ...shape, ...change });
  const found: Record<string, () => unknown> = {
    only: form({ mode: 'only' }),
    skip: form({ mode: 'skip' }),
    failing: form({ failing: true }),
    concurrent: form({ concurrent: true }),
    todo: () => (session.jest.test as Record<string, unknown>).todo,
    each: () => wrap(eachOf(session, shape)),
    extend: () =>
      wrap((args, outer) => {
        const audience = session.audiences.extend(shape.audience, session.originOf('test.extend()'));
        declareForm(session, 'test.extend()', args, audience, false, outer);
        return makeTest(session, { ...shape, audience });
      }),
    override: () =>
      wrap((args, outer) => {
        const audience = shape.audience === ALL_TESTS ? undefined : shape.audience;
        declareForm(session, 'test.override()', args, audience, true, outer);
        return makeTest(session, shape);
      }),
    describe: () => session.api.describe,
    use: () => elsewhereCalled(session, 'use'),
    scoped: () => elsewhereCalled(session, 'scoped'),
  };
  for (const name of MARKER_NAMES) found[name] = () => markerOf(session, shape, name);
  for (const hook of HOOKS) found[hook] = () => wrap(hookOf(session, shape, hook));
  return found;
}

/** Playwright's `test.use` and Vitest's `test.scoped`, which have another name here. */
function elsewhereCalled(session: TestFile, name: string): SandboxFunction {
  return session.kit.wrap((_, outer) => {
    throw session.makeError(otherName(`test.${name}()`, siteOf(session, outer)));
  }, name);
}

/** `test.loopScope`, to be called with its argument; `test.loop`, which may be called as a test too. */
function markerOf(session: TestFile, shape: TestForm, name: MarkerName): SandboxFunction {
  const more = (markers: Markers | undefined): TestForm => ({
    ...shape,
    markers: mergeMarkers(shape.markers, markers),
  });
  const withArguments: HostFunction = (args, outer) =>
    makeTest(session, more(readMarker(session, 'test', name, args, outer)));
  if (!isBare(name)) return session.kit.wrap(withArguments, name);
  const bare = more(markersIn({ [name]: true }));
  const asTest = callOf(session, bare);
  return makeTest(session, bare, (args, outer) => (isTestCall(args) ? asTest : withArguments)(args, outer));
}

/** What calling a `test` does. */
export function callOf(session: TestFile, shape: TestForm): HostFunction {
  const own = select(session, shape);
  const { audience } = shape;
  return (args, outer) => {
    const [name, fn, timeout, options, markers] = readCall(session, shape, args, outer);
    registerOne(session, { audience, options, markers, outer, each: undefined }, () =>
      own(name, fn, timeout),
    );
  };
}

/** `.each`: Jest's own, told apart by a stand-in which gives the row of each test back. */
export function eachOf(session: TestFile, shape: TestForm): HostFunction {
  return (table, tableOuter) => {
    const bind = (select(session, shape) as unknown as { each: SandboxFunction }).each;
    const ofTable = bind(...table) as SandboxFunction;
    // Jest gives the tests of failing.each the place of the table.
    const place = shape.failing ? new session.kit.Error() : undefined;
    if (place !== undefined) session.kit.Error.captureStackTrace(place, tableOuter);
    return session.kit.wrap((args, outer) => {
      const [name, fn, timeout, options, markers] = readCall(session, shape, args, outer);
      if (typeof fn !== 'function') {
        ofTable(name, fn, timeout);
        return;
      }
      // jest-each passes `done` to plain and only tests alone:
      // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/index.ts#L150-L240
      const each = { fn: fn as UserFn, takesDone: !shape.concurrent && !shape.failing };
      const stand = rowProbe();
      register(session, { audience: shape.audience, options, markers, outer, place, each }, () =>
        ofTable(name, stand, timeout),
      );
    });
  };
}

/** `t.beforeEach` of an extended test: Jest's hook, which sees that test's fixtures. */
export function hookOf(session: TestFile, shape: TestForm, hook: string): HostFunction {
  return (args, outer) => {
    const own = session.jest[hook] as SandboxFunction;
    const { audience } = shape;
    const registration = { audience, options: undefined, markers: undefined, outer, each: undefined };
    register(session, registration, () => own(...args));
  };
}

/** `(name, fn, timeout)` or `(name, options, fn, timeout)`; what does not fit goes to Jest, which says so. */
function readCall(
  session: TestFile,
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
  const options = readTestOptions(session, name, second as Record<string, unknown>, () =>
    siteOf(session, outer),
  );
  const said = markersIn(options);
  const markers = said === undefined ? own : mergeMarkers(own, said);
  return [name, third, fourth ?? options.timeout, options, markers];
}

/** Calls Jest's own function with a note about the test that it is going to register. */
function register(session: TestFile, registration: Registration, call: () => void): void {
  const before = session.registering;
  session.registering = registration;
  try {
    call();
  } finally {
    session.registering = before;
  }
}

/**
 * The same for one test. Jest takes two stacks here, of which none is of use: the place of the test is that of
 * `outer`, and is taken when Jest has registered it. They are the dearest part of a registration.
 */
function registerOne(session: TestFile, registration: Registration, call: () => void): void {
  // Refused, with an error that Jest makes of this very place.
  if (session.state.hasStarted) {
    register(session, registration, call);
    return;
  }
  const { Error: SandboxError } = session.kit;
  const limit = SandboxError.stackTraceLimit;
  SandboxError.stackTraceLimit = 0;
  try {
    register(session, { ...registration, limit }, call);
  } catch (error) {
    SandboxError.stackTraceLimit = limit;
    // Jest refuses the name or the function.
    SandboxError.captureStackTrace(error as Error, registration.outer);
    throw error;
  } finally {
    SandboxError.stackTraceLimit = limit;
  }
}

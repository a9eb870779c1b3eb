import { invalidTestCall } from '../errors/tests';
import { type Audience, EVERYBODY, extendAudience } from '../fixtures/block';
import { declareForm, siteOf } from './api-fixture';
import { readNames } from './api-mark';
import type { TestOptions, UserFn } from './meta';
import type { HostFunction, SandboxFunction } from './realm';
import { rowProbe } from './register';
import type { Registration, Session } from './session';
import { type Shape, select } from './shape';
import { readTestOptions } from './test-options';

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** The own `test` in one of its forms: `test.only`, `test.skip.failing`, an extended one … */
export function makeTest(session: Session, shape: Shape): SandboxFunction {
  const own = select(session, shape);
  const { audience } = shape;
  const test = session.kit.wrap((args, outer) => {
    const [name, fn, timeout, options] = readCall(session, shape, args, outer);
    registerOne(session, { audience, options, outer, each: undefined }, () => own(name, fn, timeout));
  }, 'test');
  session.audiences.set(test, shape.audience);
  for (const [name, make] of Object.entries(members(session, shape))) lazy(test, name, make);
  return test;
}

/** `mergeTests(a, b)`: sees the fixtures of both; where both have one of a name, the last wins. */
export function makeMergeTests(session: Session): SandboxFunction {
  return session.kit.wrap((tests, outer) => {
    const audiences = tests.map(test => session.audiences.get(Object(test)));
    const wrong = audiences.indexOf(undefined);
    if (wrong >= 0 || tests.length === 0) {
      const fix = 'pass test functions; to add fixtures to one call test.extend({ … }).';
      throw session.around.makeError(
        invalidTestCall(
          'Expected mergeTests() to be called with test functions',
          tests[wrong],
          fix,
          siteOf(session, outer),
        ),
      );
    }
    return makeTest(session, { ...PLAIN_SHAPE, audience: extendAudience(...(audiences as Audience[])) });
  });
}

/** The plain `test`. */
export const PLAIN_SHAPE: Shape = {
  mode: undefined,
  concurrent: false,
  failing: false,
  uses: [],
  audience: EVERYBODY,
};

/** What hangs on a `test`; made when first looked at. */
function members(session: Session, shape: Shape): Record<string, () => unknown> {
  const { wrap } = session.kit;
  const form =
    (change: Partial<Shape>): (() => unknown) =>
    () =>
      makeTest(session, { ...shape, ...change });
  const found: Record<string, () => unknown> = {
    only: form({ mode: 'only' }),
    skip: form({ mode: 'skip' }),
    failing: form({ failing: true }),
    concurrent: form({ concurrent: true }),
    todo: () => (session.jest.test as Record<string, unknown>).todo,
    each: () => wrap(eachOf(session, shape)),
    useFixtures: () =>
      wrap((names, outer) => {
        const uses = [...shape.uses, ...readNames(session, 'test.useFixtures()', names, outer)];
        return makeTest(session, { ...shape, uses });
      }),
    extend: () =>
      wrap((args, outer) => {
        const audience = extendAudience(shape.audience);
        declareForm(session, 'test.extend()', args, audience, false, outer);
        return makeTest(session, { ...shape, audience });
      }),
    override: () =>
      wrap((args, outer) => {
        const audience = shape.audience === EVERYBODY ? undefined : shape.audience;
        declareForm(session, 'test.override()', args, audience, true, outer);
        return makeTest(session, shape);
      }),
    describe: () => session.api.describe,
  };
  for (const hook of HOOKS) found[hook] = () => wrap(hookOf(session, shape, hook));
  return found;
}

/** A property that is made when first read and can be replaced, as Jest's can. */
function lazy(target: SandboxFunction, name: string, make: () => unknown): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  };
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      settle(value);
      return value;
    },
    set: settle,
  });
}

/** `(name, fn, timeout)` or `(name, options, fn, timeout)`; what does not fit goes to Jest, which says so. */
function readCall(
  session: Session,
  shape: Shape,
  args: readonly unknown[],
  outer: SandboxFunction,
): [name: unknown, fn: unknown, timeout: unknown, options: TestOptions | undefined] {
  const [name, second, third, fourth] = args;
  if (typeof second !== 'object' || second === null || typeof third !== 'function') {
    return [name, second, third, shape.uses.length > 0 ? { useFixtures: shape.uses } : undefined];
  }
  const options = readTestOptions(session, name, second as Record<string, unknown>, () =>
    siteOf(session, outer),
  );
  const uses = [...shape.uses, ...(options.useFixtures ?? [])];
  return [name, third, fourth ?? options.timeout, { ...options, useFixtures: uses }];
}

/** Calls Jest's own function with a note about the test that it is going to register. */
function register(session: Session, registration: Registration, call: () => void): void {
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
function registerOne(session: Session, registration: Registration, call: () => void): void {
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

/** `.each`: Jest's own, told apart by a stand-in which gives the row of each test back. */
function eachOf(session: Session, shape: Shape): HostFunction {
  return (table, tableOuter) => {
    const bind = (select(session, shape) as unknown as { each: SandboxFunction }).each;
    const ofTable = bind(...table) as SandboxFunction;
    // Jest gives the tests of failing.each the place of the table.
    const place = shape.failing ? new session.kit.Error() : undefined;
    if (place !== undefined) session.kit.Error.captureStackTrace(place, tableOuter);
    return session.kit.wrap((args, outer) => {
      const [name, fn, timeout, options] = readCall(session, shape, args, outer);
      if (typeof fn !== 'function') {
        ofTable(name, fn, timeout);
        return;
      }
      // jest-each passes `done` to plain and only tests alone:
      // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/index.ts#L150-L240
      const each = { fn: fn as UserFn, takesDone: !shape.concurrent && !shape.failing };
      const stand = rowProbe();
      register(session, { audience: shape.audience, options, outer, place, each }, () =>
        ofTable(name, stand, timeout),
      );
    });
  };
}

/** `t.beforeEach` of an extended test: Jest's hook, which sees that test's fixtures. */
function hookOf(session: Session, shape: Shape, hook: string): HostFunction {
  return (args, outer) => {
    const own = session.jest[hook] as SandboxFunction;
    const { audience } = shape;
    register(session, { audience, options: undefined, outer, each: undefined }, () => own(...args));
  };
}

import { siteOf } from './api-fixture';
import { markersIn } from './marker-arguments';
import { type Markers, mergeMarkers, NO_MARKERS } from './markers';
import type { TestOptions, UserFn } from './meta';
import type { HostFunction, SandboxFunction } from './realm';
import { rowProbe } from './register';
import type { Registration } from './registration';
import type { Session } from './session';
import { type Shape, select } from './shape';
import { hasOptions, readTestOptions } from './test-options';

/** What calling a `test` does. */
export function callOf(session: Session, shape: Shape): HostFunction {
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
export function eachOf(session: Session, shape: Shape): HostFunction {
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
export function hookOf(session: Session, shape: Shape, hook: string): HostFunction {
  return (args, outer) => {
    const own = session.jest[hook] as SandboxFunction;
    const { audience } = shape;
    const registration = { audience, options: undefined, markers: undefined, outer, each: undefined };
    register(session, registration, () => own(...args));
  };
}

/** `(name, fn, timeout)` or `(name, options, fn, timeout)`; what does not fit goes to Jest, which says so. */
function readCall(
  session: Session,
  shape: Shape,
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

import { invalidTestCall, otherName } from '../errors/tests';
import { type Audience, EVERYBODY, extendAudience } from '../fixtures/block';
import { declareForm, siteOf } from './api-fixture';
import { addLazily } from './lazy';
import { isBare, isTestCall, MARKER_NAMES, type MarkerName, markersIn, readMarker } from './marker-arguments';
import { type Markers, mergeMarkers, NO_MARKERS } from './markers';
import type { HostFunction, SandboxFunction } from './realm';
import type { Session } from './session';
import type { Shape } from './shape';
import { callOf, eachOf, hookOf } from './test-call';

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** The own `test` in one of its forms: `test.only`, `test.skip.failing`, an extended one … */
export function makeTest(session: Session, shape: Shape, call = callOf(session, shape)): SandboxFunction {
  const test = session.kit.wrap(call, 'test');
  session.audiences.set(test, shape.audience);
  addLazily(test, members(session, shape));
  return test;
}

/** `mergeTests(a, b)`: sees the fixtures of both; where both have one of a name, the last wins. */
export function makeMergeTests(session: Session): SandboxFunction {
  return session.kit.wrap((tests, outer) => {
    const audiences = tests.map(test => session.audiences.of(test));
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
  markers: NO_MARKERS,
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
    extend: () =>
      wrap((args, outer) => {
        const audience = session.audiences.extend(shape.audience, session.originOf('test.extend()'));
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
    use: () => elsewhereCalled(session, 'use'),
    scoped: () => elsewhereCalled(session, 'scoped'),
  };
  for (const name of MARKER_NAMES) found[name] = () => markerOf(session, shape, name);
  for (const hook of HOOKS) found[hook] = () => wrap(hookOf(session, shape, hook));
  return found;
}

/** Playwright's `test.use` and Vitest's `test.scoped`, which have another name here. */
function elsewhereCalled(session: Session, name: string): SandboxFunction {
  return session.kit.wrap((_, outer) => {
    throw session.around.makeError(otherName(`test.${name}()`, siteOf(session, outer)));
  }, name);
}

/** `test.loopScope`, to be called with its argument; `test.loop`, which may be called as a test too. */
function markerOf(session: Session, shape: Shape, name: MarkerName): SandboxFunction {
  const more = (markers: Markers | undefined): Shape => ({
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

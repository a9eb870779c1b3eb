import { NEEDS_LOOP } from '../../fixtures/declare/loop-names';
import { requestsLoop } from '../../fixtures/life/requester/built-ins';
import { inOrder } from '../../fixtures/resolve/order';
import type { Variant } from '../../fixtures/resolve/variants';
import type { TestEntry } from '../file/circus';
import { type Markers, markersOf, mergeMarkers } from '../file/markers';
import type { RegisteredTest, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import type { Needs, Planned, TestPlan } from './plan';

/** Plans one test, with the values of a variant. */
export function planTest(
  testFile: TestFile,
  entry: TestEntry,
  needs: Needs,
  variant: Variant,
  registered: RegisteredTest | undefined,
): Planned {
  const fn = entry.fn as UserFn;
  const markers = withDefaults(testFile, markersOf(testFile, needs.namespace, registered?.markers));
  const plan: TestPlan = {
    needs,
    variant,
    callee: registered?.callee ?? { fn, row: [], takesDone: fn.length > 0 },
    parallel: (registered?.options.setup ?? testFile.options.setup) === 'parallel',
    tags: registered?.options.tags ?? [],
    group: undefined,
    limit: entry.timeout ? { ms: entry.timeout, ours: registered?.options.timeout !== undefined } : undefined,
    markers,
    wantsLoop: testFile.autouse || wantsLoop(needs, markers),
  };
  return { entry, plan };
}

/** Whether a test, its hooks, or a fixture that they need requests a Loop: with `autouse: false`, only these get one. */
function wantsLoop({ dependencies, hooks, roots }: Needs, { loopScope, useFixtures = [] }: Markers): boolean {
  const all = [...dependencies, ...[...hooks.values()].flatMap(hook => hook.dependencies)];
  return (
    loopScope !== undefined ||
    useFixtures.some(name => NEEDS_LOOP.has(name)) ||
    all.some(({ name }) => NEEDS_LOOP.has(name)) ||
    inOrder(roots).some(requestsLoop)
  );
}

/** The project's options apply where no marker does. */
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

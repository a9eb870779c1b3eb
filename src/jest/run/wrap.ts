import type { Namespace } from '../../fixtures/declare/declaration';
import { processState } from '../../process/process-state';
import { hasFixtures, type TestPlan } from '../collect/plan';
import { addHook, type DescribeBlock, type Hook, isAll, NO_TIMEOUT, type TestEntry } from '../file/circus';
import type { Callee, UserFn } from '../file/registered';
import { endAttempt } from './attempt/end-attempt';
import { endDescribe } from './describe-blocks';
import { runAllHook } from './hooks/run-all-hook';
import { runEachHook } from './hooks/run-each-hook';
import { runRaces } from './run-races';
import type { FileRun } from './state/file-run';
import { runTest } from './tests/run-test';

/** Replaces the function of each managed test by ours. */
export function wrapTests(fileRun: FileRun): void {
  for (const [entry, plan] of fileRun.plan.tests) {
    processState.managed.add(entry);
    entry.timeout = NO_TIMEOUT;
    const runIt = searchesInside(fileRun, entry) ? runRaces : runTest;
    const run: UserFn = function () {
      return runIt(fileRun, entry, plan, this);
    };
    entry.fn = run;
  }
}

/** Whether a test is searched for races within one run of Jest's. */
function searchesInside({ options }: FileRun, { concurrent }: TestEntry): boolean {
  return options.races !== undefined && concurrent;
}

/** Replaces the functions of the each-hooks that run for managed tests, or would run for tests with a mistake. */
export function wrapEachHooks(fileRun: FileRun): void {
  const { plan, testFile, host } = fileRun;
  const hooked = new Set([...plan.tests.values()].map(({ needs }) => needs.namespace));
  for (const { parent } of plan.mistaken) hooked.add(testFile.namespaceOf(parent));
  for (const describe of plan.describes) {
    const namespace = testFile.namespaceOf(describe);
    const runs = describe.hooks.length > 0 && [...hooked].some(each => namespace.contains(each));
    for (const hook of describe.hooks) {
      if (isAll(hook) || testFile.foreignHooks.has(hook)) continue;
      const registration = testFile.hooks.get(hook);
      if (registration === undefined && !runs) continue;
      if (registration?.problem !== undefined) {
        const { problem } = registration;
        hook.fn = () => {
          throw host.makeError(problem);
        };
        continue;
      }
      wrap(fileRun, hook, (callee, self) => runEachHook(fileRun, hook, callee, self));
    }
  }
}

/** Replaces the functions of the planned beforeAll and afterAll hooks. */
export function wrapAllHooks(fileRun: FileRun): void {
  for (const [hook, plan] of fileRun.plan.allHooks) {
    wrap(fileRun, hook, (callee, self) => runAllHook(fileRun, hook, callee, plan, self));
  }
}

/** Adds the hooks that tear down test attempts after other hooks, and describe blocks: each is the last of its kind. */
export function addEndHooks(fileRun: FileRun, root: DescribeBlock): void {
  const { plan, testFile } = fileRun;
  const place = new testFile.realm.Error();
  const withFixtures = [...plan.tests].filter(([, { needs }]) => hasFixtures(needs));
  fileRun.endsWithOutcome = fileRun.handlesLast && fileRun.gate.isHandledLast;
  const followsHooks = ([{ concurrent }, { needs }]: [TestEntry, TestPlan]): boolean =>
    !concurrent && (needs.hooked || !fileRun.endsWithOutcome);
  if (withFixtures.some(followsHooks)) {
    const end: UserFn = () => {
      const entry = fileRun.serialTest;
      return entry ? endAttempt(fileRun, entry) : undefined;
    };
    fileRun.endHooks.add(addHook(root, 'afterEach', end, place));
  }
  const requesting = [...plan.allHooks.values()].filter(({ passesDeps }) => passesDeps);
  const used = new Set<Namespace>();
  for (const start of [
    ...withFixtures.map(([{ parent }]) => parent),
    ...requesting.map(each => each.describe),
  ]) {
    for (let each: DescribeBlock | undefined = start; each !== undefined; each = each.parent)
      used.add(testFile.namespaceOf(each));
  }
  for (const describe of plan.describes) {
    if (used.has(testFile.namespaceOf(describe)))
      fileRun.endHooks.add(addHook(describe, 'afterAll', () => endDescribe(fileRun, describe), place));
  }
}

function wrap(fileRun: FileRun, hook: Hook, run: (callee: Callee, self: unknown) => unknown): void {
  const { testFile } = fileRun;
  const fn = hook.fn as UserFn;
  const callee: Callee = { fn, row: [], takesDone: fn.length > 0 && !testFile.hooks.has(hook) };
  if (hook.timeout) testFile.hookTimeouts.set(hook, hook.timeout);
  hook.timeout = NO_TIMEOUT;
  const wrapped: UserFn = function () {
    return run(callee, this);
  };
  hook.fn = wrapped;
}

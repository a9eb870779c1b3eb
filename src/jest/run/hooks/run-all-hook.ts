import { NEEDS_LOOP } from '../../../fixtures/declare/loop-names';
import { FixtureRun } from '../../../fixtures/life/fixture-run';
import { defaultLimit } from '../../../fixtures/life/requester/default-limit';
import { providedClock } from '../../../fixtures/life/requester/provided-clock';
import { Requester } from '../../../fixtures/life/requester/requester';
import type { AllHookPlan } from '../../collect/plan';
import type { Hook } from '../../file/circus';
import type { Callee } from '../../file/registered';
import { isOver } from '../../file/value-groups';
import { showOutputs } from '../attempt/show-outputs';
import { callUserFunction } from '../calls/call-user';
import { userInvocation } from '../calls/user-invocation';
import type { FileRun } from '../state/file-run';
import { isSkip } from '../state/skips';
import { HookOwner } from './hook-owner';
import { RunningAllHook } from './running-all-hook';

/** Sets up what a beforeAll or afterAll hook needs, and runs it. */
export async function runAllHook(
  fileRun: FileRun,
  hook: Hook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  const { requester, namespace } = plan;
  const label =
    requester.site.at === undefined ? requester.label : `${requester.label} at ${requester.site.at}`;
  const owner = new HookOwner(fileRun, label);
  fileRun.observed?.hookRuns(hook, owner);
  const running = new RunningAllHook(fileRun, hook, plan.describe, owner);
  const fixtures = fixturesFor(running, plan, self);
  running.fixtures = fixtures;
  fileRun.runningHooks.add(running);
  try {
    const failures = fixtures.orStopped(await fixtures.setUpForCall(plan.order));
    if (failures.length === 0) await callHook(running, callee, plan, self);
    else {
      const news = failures.filter(each => !fileRun.reportedBefore.knows(each, namespace));
      if (hook.type === 'beforeAll') for (const each of news) fileRun.reportedBefore.add(each, namespace);
      owner.fail(...news.map(({ error }) => error));
    }
  } catch (error) {
    // There is no limit, clock or Loop for it.
    owner.fail(error);
  }
  running.ended = true;
  fileRun.runningHooks.delete(running);
  try {
    await owner.end();
  } catch (error) {
    // The tests that it runs for fail with it.
    if (!isSkip(error)) await showOutputs(fileRun.testFile, fixtures);
    throw error;
  }
}

function fixturesFor(running: RunningAllHook, plan: AllHookPlan, self: unknown): FixtureRun {
  const { fileRun, hook, owner } = running;
  return new FixtureRun(fileRun.host, {
    label: owner.label,
    named: plan.requester,
    path: fileRun.testFile.testPath,
    namespace: plan.namespace,
    testType: plan.testType,
    variant: plan.variant,
    isOver: fixture => isOver(plan.group, fixture),
    parallel: fileRun.options.setup === 'parallel',
    self,
    subject: undefined,
    stopped: () => running.stopped ?? (hook.type === 'beforeAll' ? fileRun.interrupts.stopped : undefined),
    abort: error => running.abort(error),
    useFailed: error => running.useFailed(error),
    owner,
    contextStack: fileRun.hookContexts.at(plan.namespace),
    loop: undefined,
  });
}

/** Calls the hook. What it leaves in an AsyncLocalStorage is visible to the tests and hooks in its block. */
async function callHook(
  running: RunningAllHook,
  callee: Callee,
  plan: AllHookPlan,
  self: unknown,
): Promise<void> {
  const { fileRun, fixtures, hook, owner } = running;
  const { requester, namespace } = plan;
  const { testFile } = fileRun;
  const scope = fileRun.scopes.of(namespace, 'describe');
  const request = new Requester(fixtures, requester.label, 'describe', scope);
  const scopeName = namespace.kind === 'describe' ? 'describe' : 'file';
  const ms = testFile.hookTimeouts.get(hook);
  const limit = ms === undefined ? defaultLimit(fixtures, scopeName, namespace) : { ms, ours: false };
  const wantsLoop = testFile.autouse || plan.dependencies.some(({ name }) => NEEDS_LOOP.has(name));
  let source = wantsLoop
    ? fixtures.sourceFor(scopeName, scopeName, scopeName === 'describe' ? scope : undefined)
    : null;
  // A clock that is read before the first timer is set follows the backend, too.
  if (typeof source === 'function' && testFile.hasBackends) source = source();
  const step = fileRun.host.newStep(owner.label, source, owner);
  const call = { defaultTimeout: limit.ms, name: hook.type, phase: 'hook' } as const;
  const invocation = userInvocation(
    {
      fileRun,
      step,
      limit,
      clock: providedClock(fixtures, call, scopeName, namespace),
      requester: () => requester,
      attempt: undefined,
      callee,
      view: plan,
      fixtures,
      isBody: false,
      usesSignal: () => request.usesSignal,
      abort: reason => request.abort(reason),
    },
    fixtures.contextStack.values(),
    'result',
  );
  request.invocation = running.invocation = invocation;
  if (hook.type === 'beforeAll') fileRun.interrupts.beforeAll = invocation;
  const deps = plan.passesDeps ? [fixtures.depsOf(plan.dependencies, request)] : [];
  try {
    await invocation.run(() => callUserFunction(callee, self, deps, invocation.target));
  } catch (error) {
    owner.fail(invocation.target.explained(error));
  } finally {
    const values = invocation.left();
    fixtures.contextStack.add(values, namespace);
    if (values.length > 0) fileRun.hookContexts.add(namespace, fixtures.contextStack.added());
  }
}

import type { ScopeName } from '../../fixtures/declare/scopes';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import type { FixtureHost, FixtureRunView, InstanceView, Origin } from '../../fixtures/life/interfaces/views';
import { Loop } from '../../loop';
import { choiceOf } from '../../loop/backend-of';
import { noteLoopsOfFile, openLoops } from '../../loop/open-loops';
import type { PendingWork, WorkOwner } from '../../loop/steps/pending-work';
import type { ExceptionContext, Step } from '../../loop/steps/step';
import { dirname } from '../../node/path';
import { errorHere, type SandboxRealm } from '../file/realm';
import { RealmStep } from '../file/realm-step';
import { addPlace } from '../report/add-place';
import { marked, seenBefore } from '../report/error-copies';
import { explainMember, explainVariable } from '../report/hints';
import { describePending, isNodesOwn, siteOfError } from '../report/sites';
import { makeLoop } from './loop-backends';
import type { AttemptView } from './state/attempt-view';
import type { FileRun } from './state/file-run';
import { reportLate } from './state/report-late';

/** What a test file and its realm provide for fixtures. */
export function makeFixtureHost(fileRun: FileRun, realm: SandboxRealm): FixtureHost {
  const { options, testFile } = fileRun;
  const { makeError, resolver } = testFile;
  noteLoopsOfFile();
  return {
    resolver,
    openScopes: fileRun.scopes,
    makeError,
    file: testFile.info,
    debug: options.debug === true,
    autouse: testFile.autouse,
    newDeps: () => realm.newDeps(),
    realmPromise: promise => realm.ownPromise(promise),
    here: () => siteOfError(errorHere(realm), testFile.rootDir),
    seenBefore: (error, seenIn, at) => seenBefore(realm, error, seenIn, at),
    place: (error, declaration, phase) => {
      const isFixture = (name: string): boolean =>
        testFile.resolver.isDeclared(name, declaration.namespace, declaration.testType ?? ALL_TESTS);
      const explained = explainVariable(realm, explainMember(realm, error), isFixture);
      return addPlace(realm, explained, declaration, phase);
    },
    late: (error, label, owner, givenUp) => reportLate(fileRun, error, label, owner, givenUp),
    baseLimit: () => {
      const { defaultAsyncTimeout } = options;
      return defaultAsyncTimeout === undefined
        ? { ms: testFile.state.testTimeout, ours: false }
        : { ms: defaultAsyncTimeout, ours: true };
    },
    hasPolicyFixtures: () => testFile.hasPolicyFixtures,
    hasBackends: () => testFile.hasBackends,
    backend: options.backend === undefined ? undefined : choiceOf(options.backend),
    backendWins: options.backendWins ?? false,
    newStep: (name, source, owner) => new RealmStep(realm, name, source, undefined, owner),
    newLoop: (name, debug = options.debug ?? false, choice, requester, scope) => {
      // Its realm is gone.
      if (testFile.info.ended) return closedLoop();
      const make = (): Loop => {
        const made = new realm.core.Loop({ name, debug });
        // Not the backend of the test that happens to need it first.
        made.backend = undefined;
        return made;
      };
      const loop = testFile.hasBackends ? makeLoop(fileRun, choice, { requester, scope }, make) : make();
      loop.tracing = options.leftovers === 'fail';
      fileRun.loops.add(loop);
      return loop;
    },
    requestShared: (instance, run) => fileRun.shared.request(instance, run),
    sharedLoop: scope => sharedLoop(fileRun, scope),
    pendingOf: step => pendingOf(fileRun, step),
    waiting: step => describePendingOf(fileRun, step),
    hint: () => testFile.backends?.hint(),
    caught: (instance, context, step) => caughtOfWider(fileRun, instance, context, step),
    handled: promise => handledOfWider(fileRun, promise),
    abortUsers: (instance, error) => {
      const users = [
        ...attemptsUsing(fileRun, instance),
        ...[...fileRun.runningHooks].filter(({ fixtures }) => uses(fixtures, instance)),
      ];
      for (const user of users) user.useFailed(error);
      return users[0]?.fixtures.label;
    },
  };
}

/** What a step has started that is still pending, in all Loops where it may have started it. */
function pendingOf(fileRun: FileRun, step: Step): PendingWork[] {
  const loops = new Set<WorkOwner>([...fileRun.loops, ...openLoops()]);
  if (step.known) loops.add(step.known as Loop);
  return [...loops].flatMap(loop => [...loop.pending].filter(work => work.step?.within(step) && work.alive));
}

/** For code that goes on after its file: what it starts is dropped. */
function closedLoop(): Loop {
  const loop = new Loop({ name: 'of a test file that has ended' });
  void loop.close();
  return loop;
}

/** The pending work of a step as text. An awaited task appears once, not also as the wait for it. */
function describePendingOf(fileRun: FileRun, step: Step): string[] {
  const pending = pendingOf(fileRun, step);
  const tasks = new Set(pending.filter(({ kind }) => kind === 'task').map(work => work.describe()));
  const { rootDir } = fileRun.testFile;
  const shown = pending.filter(
    work => (work.kind !== 'wait' || !tasks.has(work.describe())) && !isNodesOwn(work, rootDir),
  );
  return [...new Set(shown.map(work => describePending(work, rootDir)))];
}

/** The attempts that use a fixture that outlives them. */
function attemptsUsing(fileRun: FileRun, instance: Origin): AttemptView[] {
  return [...fileRun.attempts.values()].filter(
    attempt => !attempt.tornDown && attempt.usesFixtures && uses(attempt.fixtures, instance),
  );
}

function uses(fixtures: FixtureRunView, instance: Origin): boolean {
  return [...fixtures.uses].some(used => used === instance || used.origin === instance);
}

/**
 * An exception that a fixture with a scope wider than a test left unhandled. It goes to the tests that use the fixture
 * and have a marker for it; if there is none, the file fails.
 */
export function caughtOfWider(
  fileRun: FileRun,
  instance: InstanceView,
  context: ExceptionContext,
  step: Step,
): void {
  const { testFile, errors } = fileRun;
  if (!('exception' in context)) {
    testFile.warn(`${context.message}\n  in ${instance.label}`);
    return;
  }
  const { exception, promise } = context;
  if (step.givenUp) {
    reportLate(fileRun, exception, instance.label, undefined, true);
    return;
  }
  const shown = marked(testFile.realm, exception, `(in ${instance.label})`);
  let taken = false;
  for (const attempt of attemptsUsing(fileRun, instance)) {
    const { catchLoopExceptions } = attempt.plan.markers;
    if (catchLoopExceptions === undefined) continue;
    taken = true;
    if (!catchLoopExceptions) attempt.loopExceptions.push(exception);
    else if (attempt.errors.markReported(exception)) attempt.errors.add(shown, promise);
  }
  if (!taken) errors.add(shown, promise);
}

/** A rejection that {@link caughtOfWider} reported was handled after all. */
export function handledOfWider(fileRun: FileRun, promise: Promise<unknown>): void {
  fileRun.errors.handled(promise);
  for (const attempt of fileRun.attempts.values()) attempt.handled?.(promise);
}

/** The Loop of a scope that outlives the file. What this file starts in it ends with the file. */
function sharedLoop(fileRun: FileRun, scope: ScopeName): Loop {
  const { testFile, shared } = fileRun;
  const loop = shared.loopOf(scope, testFile.nearestDirectory ?? dirname(testFile.testPath));
  fileRun.sharedLoops.add(loop);
  fileRun.loops.add(loop);
  return loop;
}

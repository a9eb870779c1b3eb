import { lateError } from '../../errors/timeouts';
import type { ScopeName } from '../../fixtures/declare/scopes';
import type { FixtureHost } from '../../fixtures/life/fixture-host';
import type { Instance } from '../../fixtures/life/instance';
import type { FixtureRun } from '../../fixtures/life/run';
import { Loop } from '../../loop';
import type { PendingWork } from '../../loop/steps/pending-work';
import type { ExceptionContext, Owner, Step } from '../../loop/steps/step';
import { dirname } from '../../node/path';
import type { SandboxRealm } from '../file/realm';
import { marked, seenBefore } from '../report/error-copies';
import { addPlace, describePending } from '../report/sites';
import type { AttemptState } from './attempt-state';
import type { FileRun } from './file-run';

/** What the fixtures of a test file are given, from the session and the realm of the file. */
export function makeFixtureHost(session: FileRun, kit: SandboxRealm): FixtureHost {
  const { options, testFile } = session;
  const { makeError, resolver } = testFile;
  return {
    resolver,
    homes: session.homes,
    makeError,
    file: session.testFile.ownedFile,
    debug: options.debug === true,
    autouse: session.testFile.autouse,
    newDeps: () => kit.newDeps(),
    ownPromise: promise => kit.ownPromise(promise),
    seenBefore: (error, seenIn) => seenBefore(kit, error, seenIn),
    place: (error, declaration, phase) => addPlace(kit, error, declaration, phase),
    late: (error, label, owner, givenUp) => tellLate(session, error, label, owner, givenUp),
    baseLimit: () => {
      const { defaultAsyncTimeout } = options;
      return defaultAsyncTimeout === undefined
        ? { ms: session.testFile.state.testTimeout, own: false }
        : { ms: defaultAsyncTimeout, own: true };
    },
    implicit: () => session.testFile.hasImplicit,
    newStep: (name, source, owner) => new kit.core.Step(name, source, undefined, owner),
    newLoop: (name, debug = options.debug ?? false) => {
      // Nothing can be made in its realm any more.
      if (session.testFile.ownedFile.ended) return closedLoop();
      const loop = new kit.core.Loop({ name, debug });
      loop.tracing = options.leftovers === 'fail';
      session.loops.add(loop);
      return loop;
    },
    borrow: (instance, run) => session.shared.borrow(instance, run),
    wideLoop: scope => wideLoop(session, scope),
    pendingOf: step => pendingOf(session, step),
    waiting: step => waitingFor(session, step),
    caughtWide: (instance, context, step) => caughtOfShared(session, instance, context, step),
    handledWide: promise => session.errors.handled(promise),
    abortUsers: (instance, error) => {
      const users = [
        ...usersOf(session, instance),
        ...[...session.allHooks].filter(({ run }) => uses(run, instance)),
      ];
      for (const user of users) user.abort(error);
      return users[0]?.run.label;
    },
  };
}

/** What a step has started and is not over, in all Loops that it can have started it in. */
function pendingOf(session: FileRun, step: Step): PendingWork[] {
  const loops = new Set(session.loops);
  if (step.known) loops.add(step.known as Loop);
  return [...loops].flatMap(loop => [...loop.items].filter(item => item.step?.within(step) && item.alive));
}

/** For code that goes on after its file: what it starts is dropped. */
function closedLoop(): Loop {
  const loop = new Loop({ name: 'of a test file that has ended' });
  void loop.close();
  return loop;
}

/** The same as text. A task that is awaited is said once. */
function waitingFor(session: FileRun, step: Step): string[] {
  const items = pendingOf(session, step);
  const tasks = new Set(items.filter(({ kind }) => kind === 'task').map(item => item.describe()));
  const shown = items.filter(item => item.kind !== 'wait' || !tasks.has(item.describe()));
  return [...new Set(shown.map(item => describePending(item, session.testFile.rootDir)))];
}

/** An error of work that had ended or been given up, as one of the test, hook or fixture that it belonged to. */
function tellLate(
  session: FileRun,
  error: unknown,
  label: string,
  owner: Owner | undefined,
  givenUp: boolean,
): void {
  const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  const frames = typeof stack === 'string' ? stack.split('\n').filter(line => /^\s+at /.test(line)) : [];
  const told = session.around.makeError({ ...lateError(label, text, givenUp), frames: frames.join('\n') });
  Object.defineProperty(told, 'cause', { value: error, configurable: true, writable: true });
  if (session.testFile.ownedFile.ended) session.errors.addLate(told, owner ?? { label, caught: () => {} });
  else if (isAttempt(owner)) owner.errors.add(told);
  else session.errors.add(told);
}

function isAttempt(owner: Owner | undefined): owner is AttemptState {
  return owner !== undefined && 'entry' in owner && 'plan' in owner;
}

/** The attempts that use a fixture that is wider than a test. */
function usersOf(session: FileRun, instance: Instance): AttemptState[] {
  return [...session.active.values()].filter(
    attempt => !attempt.over && attempt.hasRun && uses(attempt.run, instance),
  );
}

function uses(run: FixtureRun, instance: Instance): boolean {
  return [...run.uses].some(used => used === instance || used.origin === instance);
}

/** An exception of a wide fixture is that of the tests which say so, else the file's. */
export function caughtOfShared(
  session: FileRun,
  instance: Instance,
  context: ExceptionContext,
  step: Step,
): void {
  if (!('exception' in context)) {
    session.testFile.warn(`${context.message}\n  in ${instance.label}`);
    return;
  }
  if (step.givenUp) {
    tellLate(session, context.exception, instance.label, undefined, true);
    return;
  }
  const told = marked(session.testFile.kit, context.exception, `(in ${instance.label})`);
  let taken = false;
  for (const attempt of usersOf(session, instance)) {
    const { catchLoopExceptions } = attempt.plan.markers;
    if (catchLoopExceptions === undefined) continue;
    taken = true;
    if (!catchLoopExceptions) attempt.loopExceptions.push(context.exception);
    else if (attempt.errors.isNews(context.exception)) attempt.errors.add(told, context.promise);
  }
  if (!taken) session.errors.add(told, context.promise);
}

/** The Loop of a scope that outlives the file; what this file starts in it ends with the file. */
function wideLoop(session: FileRun, scope: ScopeName): Loop {
  const loop = session.shared.loopOf(
    scope,
    session.testFile.nearestDirectory ?? dirname(session.testFile.testPath),
  );
  session.wideLoops.add(loop);
  session.loops.add(loop);
  return loop;
}

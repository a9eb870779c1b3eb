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
export function makeFixtureHost(fileRun: FileRun, realm: SandboxRealm): FixtureHost {
  const { options, testFile } = fileRun;
  const { makeError, resolver } = testFile;
  return {
    resolver,
    homes: fileRun.homes,
    makeError,
    file: fileRun.testFile.ownedFile,
    debug: options.debug === true,
    autouse: fileRun.testFile.autouse,
    newDeps: () => realm.newDeps(),
    ownPromise: promise => realm.ownPromise(promise),
    seenBefore: (error, seenIn) => seenBefore(realm, error, seenIn),
    place: (error, declaration, phase) => addPlace(realm, error, declaration, phase),
    late: (error, label, owner, givenUp) => tellLate(fileRun, error, label, owner, givenUp),
    baseLimit: () => {
      const { defaultAsyncTimeout } = options;
      return defaultAsyncTimeout === undefined
        ? { ms: fileRun.testFile.state.testTimeout, own: false }
        : { ms: defaultAsyncTimeout, own: true };
    },
    implicit: () => fileRun.testFile.hasImplicit,
    newStep: (name, source, owner) => new realm.core.Step(name, source, undefined, owner),
    newLoop: (name, debug = options.debug ?? false) => {
      // Nothing can be made in its realm any more.
      if (fileRun.testFile.ownedFile.ended) return closedLoop();
      const loop = new realm.core.Loop({ name, debug });
      loop.tracing = options.leftovers === 'fail';
      fileRun.loops.add(loop);
      return loop;
    },
    borrow: (instance, run) => fileRun.shared.borrow(instance, run),
    wideLoop: scope => wideLoop(fileRun, scope),
    pendingOf: step => pendingOf(fileRun, step),
    waiting: step => waitingFor(fileRun, step),
    caughtWide: (instance, context, step) => caughtOfShared(fileRun, instance, context, step),
    handledWide: promise => fileRun.errors.handled(promise),
    abortUsers: (instance, error) => {
      const users = [
        ...usersOf(fileRun, instance),
        ...[...fileRun.allHooks].filter(({ run }) => uses(run, instance)),
      ];
      for (const user of users) user.abort(error);
      return users[0]?.run.label;
    },
  };
}

/** What a step has started and is not over, in all Loops that it can have started it in. */
function pendingOf(fileRun: FileRun, step: Step): PendingWork[] {
  const loops = new Set(fileRun.loops);
  if (step.known) loops.add(step.known as Loop);
  return [...loops].flatMap(loop => [...loop.pending].filter(item => item.step?.within(step) && item.alive));
}

/** For code that goes on after its file: what it starts is dropped. */
function closedLoop(): Loop {
  const loop = new Loop({ name: 'of a test file that has ended' });
  void loop.close();
  return loop;
}

/** The same as text. A task that is awaited is said once. */
function waitingFor(fileRun: FileRun, step: Step): string[] {
  const items = pendingOf(fileRun, step);
  const tasks = new Set(items.filter(({ kind }) => kind === 'task').map(item => item.describe()));
  const shown = items.filter(item => item.kind !== 'wait' || !tasks.has(item.describe()));
  return [...new Set(shown.map(item => describePending(item, fileRun.testFile.rootDir)))];
}

/** An error of work that had ended or been given up, as one of the test, hook or fixture that it belonged to. */
function tellLate(
  fileRun: FileRun,
  error: unknown,
  label: string,
  owner: Owner | undefined,
  givenUp: boolean,
): void {
  const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  const frames = typeof stack === 'string' ? stack.split('\n').filter(line => /^\s+at /.test(line)) : [];
  const told = fileRun.host.makeError({ ...lateError(label, text, givenUp), frames: frames.join('\n') });
  Object.defineProperty(told, 'cause', { value: error, configurable: true, writable: true });
  if (fileRun.testFile.ownedFile.ended) fileRun.errors.addLate(told, owner ?? { label, caught: () => {} });
  else if (isAttempt(owner)) owner.errors.add(told);
  else fileRun.errors.add(told);
}

function isAttempt(owner: Owner | undefined): owner is AttemptState {
  return owner !== undefined && 'entry' in owner && 'plan' in owner;
}

/** The attempts that use a fixture that is wider than a test. */
function usersOf(fileRun: FileRun, instance: Instance): AttemptState[] {
  return [...fileRun.active.values()].filter(
    attempt => !attempt.over && attempt.hasRun && uses(attempt.run, instance),
  );
}

function uses(run: FixtureRun, instance: Instance): boolean {
  return [...run.uses].some(used => used === instance || used.origin === instance);
}

/** An exception of a wide fixture is that of the tests which say so, else the file's. */
export function caughtOfShared(
  fileRun: FileRun,
  instance: Instance,
  context: ExceptionContext,
  step: Step,
): void {
  if (!('exception' in context)) {
    fileRun.testFile.warn(`${context.message}\n  in ${instance.label}`);
    return;
  }
  if (step.givenUp) {
    tellLate(fileRun, context.exception, instance.label, undefined, true);
    return;
  }
  const told = marked(fileRun.testFile.realm, context.exception, `(in ${instance.label})`);
  let taken = false;
  for (const attempt of usersOf(fileRun, instance)) {
    const { catchLoopExceptions } = attempt.plan.markers;
    if (catchLoopExceptions === undefined) continue;
    taken = true;
    if (!catchLoopExceptions) attempt.loopExceptions.push(context.exception);
    else if (attempt.errors.isNews(context.exception)) attempt.errors.add(told, context.promise);
  }
  if (!taken) fileRun.errors.add(told, context.promise);
}

/** The Loop of a scope that outlives the file; what this file starts in it ends with the file. */
function wideLoop(fileRun: FileRun, scope: ScopeName): Loop {
  const loop = fileRun.shared.loopOf(
    scope,
    fileRun.testFile.nearestDirectory ?? dirname(fileRun.testFile.testPath),
  );
  fileRun.wideLoops.add(loop);
  fileRun.loops.add(loop);
  return loop;
}

import type { Config } from '@jest/types';
import { adopt } from '../../channel/clone/adopt';
import { readOptions } from '../../config/options';
import { noSession } from '../../errors/wide';
import { outlivesFile, type ScopeName } from '../../fixtures/declare/scopes';
import type { Audience } from '../../fixtures/declare/test-type';
import type { Borrowing } from '../../fixtures/life/fixture-host';
import type { Instance } from '../../fixtures/life/instance';
import type { Run } from '../../fixtures/life/run';
import type { Loop } from '../../loop';
import * as promises from '../../node/promise';
import { type Asked, describeAsked, describeBlocks } from '../../shared/query';
import type { Session } from '../file/session';
import { adoptError } from '../report/error-copies';
import { insideOf } from './file-link';
import { workerSide } from './sides';

/** What a test file borrows from outside of its sandbox: the fixtures that outlive it. */
export function borrow(session: Session, instance: Instance, run: Run): Borrowing | undefined {
  const { fixture } = instance;
  if (!outlivesFile(fixture.scope)) return undefined;
  const keyOf = (audience: Audience): string | undefined => session.audiences.keyOf(audience);
  enter(session);
  const asked = describeAsked(fixture, run, aroundOf(session), keyOf);
  const side = workerSide();
  const borrowing = fixture.scope === 'session' ? copied(session, instance, asked) : side.borrow(asked);
  session.borrowings.add(borrowing);
  const lent = borrowing.lent.catch(error => {
    throw adoptError(session.kit, error);
  });
  return { ...borrowing, lent, adopt: error => adoptError(session.kit, error) };
}

/** Each test file has a copy of its own, made of the classes that it knows. */
function copied(session: Session, { fixture }: Instance, asked: Asked): Borrowing {
  const value = workerSide().value(asked);
  if (value === undefined) {
    const error = session.around.makeError(noSession(fixture.declaration));
    return { lent: promises.reject(error), origin: () => undefined };
  }
  const lent = value.then(copy => ({
    value: adopt(copy, session.kit.realm),
    context: [],
    entered: undefined,
  }));
  return { lent, origin: () => undefined, giveUp: reason => workerSide().giveUp(asked, reason) };
}

/** The Loop of a scope that outlives the file. */
export function outerLoop(session: Session, scope: ScopeName, directory: string): Loop {
  enter(session);
  return workerSide().loopOf(scope, aroundOf(session), directory);
}

/** From now on it is told what concerns it. */
function enter(session: Session): void {
  if (session.hasBorrowed) return;
  session.hasBorrowed = true;
  workerSide().enter(insideOf(session), session.ownedFile.config as Config.ProjectConfig);
}

/** What is declared around the file, described once. */
function aroundOf(session: Session): Pick<Asked, 'project' | 'blocks'> {
  if (session.described !== undefined) return session.described;
  const { id, testTimeout, testEnvironmentOptions } = session.ownedFile.config as Config.ProjectConfig & {
    readonly testTimeout?: number;
  };
  // Those of the project: what a comment says in this file is for this file.
  const options = readOptions(testEnvironmentOptions.loop, undefined, process.env, session.around.makeError);
  const { defaultAsyncTimeout } = options;
  session.described = {
    project: {
      id,
      root: session.rootDir,
      debug: options.debug === true,
      autouse: options.autouse !== false,
      fixtureLoopScope: options.fixtureLoopScope,
      threadPoolSize: options.threadPoolSize,
      limit:
        defaultAsyncTimeout === undefined
          ? { ms: testTimeout ?? session.state.testTimeout, own: false }
          : { ms: defaultAsyncTimeout, own: true },
    },
    blocks: describeBlocks(session.file.parent!, audience => session.audiences.keyOf(audience)),
  };
  return session.described;
}

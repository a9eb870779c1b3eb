import type { Config } from '@jest/types';
import { adopt } from '../../channel/clone/adopt';
import { readOptions } from '../../config/options';
import { noSession } from '../../errors/wide';
import { outlivesFile, type ScopeName } from '../../fixtures/declare/scopes';
import type { TestType } from '../../fixtures/declare/test-type';
import type { SharedInstance } from '../../fixtures/life/fixture-host';
import type { Instance } from '../../fixtures/life/instance';
import type { FixtureRun } from '../../fixtures/life/run';
import type { Loop } from '../../loop';
import type { ExceptionContext, Step } from '../../loop/steps/step';
import * as promises from '../../node/promise';
import { describeBlocks, describeQuery, type SharedQuery } from '../../shared/query';
import type { TestFile } from '../file/test-file';
import { adoptError } from '../report/error-copies';
import type { FileOwnerErrors } from '../report/file-owner';
import { workerSide } from './find-worker-side';
import type { FileLink } from './jest-host';

/** Where a shared fixture's errors go in the test file that uses it. */
export interface SharedReports {
  readonly errors: Pick<FileOwnerErrors, 'handled'>;
  /** An exception that a fixture left unhandled. */
  caught(instance: Instance, context: ExceptionContext, step: Step): void;
  /** Ends the tests that use a fixture, one of whose tasks failed. */
  abortUsers(instance: Instance, error: unknown): string | undefined;
}

const NOT_HERE: SharedInstance = {
  lent: promises.resolve({ value: undefined, context: [], entered: undefined }),
  origin: () => undefined,
};

/** The shared fixtures that one test file uses: they outlive it, and live outside its sandbox. */
export class SharedFixtures {
  readonly #testFile: TestFile;
  readonly #reports: SharedReports;
  readonly #borrowings = new Set<SharedInstance>();
  #entered = false;
  #described: Pick<SharedQuery, 'project' | 'blocks'> | undefined;

  constructor(testFile: TestFile, reports: SharedReports) {
    this.#testFile = testFile;
    this.#reports = reports;
  }

  /** Asks for a fixture; undefined for one that lives in the file. */
  borrow(instance: Instance, run: FixtureRun): SharedInstance | undefined {
    const { fixture } = instance;
    if (!outlivesFile(fixture.scope)) return undefined;
    // A built-in that a shared fixture depends on: it comes up there, and nothing here needs its value.
    if (fixture.declaration.block.kind === 'builtin') return NOT_HERE;
    this.#enter();
    const keyOf = (testType: TestType): string | undefined => this.#testFile.testTypes.keyOf(testType);
    const asked = describeQuery(fixture, run, this.#surroundings(), keyOf);
    const borrowing = fixture.scope === 'session' ? this.#copy(instance, asked) : workerSide().borrow(asked);
    this.#borrowings.add(borrowing);
    const lent = borrowing.lent.catch(error => {
      throw adoptError(this.#testFile.realm, error);
    });
    return { ...borrowing, lent, adopt: error => adoptError(this.#testFile.realm, error) };
  }

  /** The Loop of a scope that outlives the file. */
  loopOf(scope: ScopeName, directory: string): Loop {
    this.#enter();
    return workerSide().loopOf(scope, this.#surroundings(), directory);
  }

  /** Each test file has a copy of its own, made of the classes that it knows. */
  #copy({ fixture }: Instance, asked: SharedQuery): SharedInstance {
    const value = workerSide().value(asked);
    if (value === undefined) {
      const error = this.#testFile.makeError(noSession(fixture.declaration));
      return { lent: promises.reject(error), origin: () => undefined };
    }
    const lent = value.then(copy => ({
      value: adopt(copy, this.#testFile.realm.global),
      context: [],
      entered: undefined,
    }));
    return { lent, origin: () => undefined, giveUp: reason => workerSide().giveUp(asked, reason) };
  }

  /** From now on the file hears what concerns it. */
  #enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    workerSide().enter(this.#link(), this.#testFile.ownedFile.config as Config.ProjectConfig);
  }

  /** What a shared fixture tells the file that uses it. */
  #link(): FileLink {
    const file = this.#testFile;
    const reports = this.#reports;
    const uses = (instance: Instance): boolean =>
      !file.ownedFile.ended && [...this.#borrowings].some(each => each.origin() === instance);
    return {
      path: file.testPath,
      caught: (instance, context, step) => {
        if (!uses(instance)) return false;
        const exception = 'exception' in context && { exception: adoptError(file.realm, context.exception) };
        reports.caught(instance, { ...context, ...exception }, step);
        return true;
      },
      handled: promise => reports.errors.handled(promise),
      abortUsers: (instance, error) => {
        return uses(instance) ? reports.abortUsers(instance, adoptError(file.realm, error)) : undefined;
      },
      warn: message => file.warn(message),
    };
  }

  /** What is declared around the file, described once. */
  #surroundings(): Pick<SharedQuery, 'project' | 'blocks'> {
    if (this.#described !== undefined) return this.#described;
    const file = this.#testFile;
    const { id, testTimeout, testEnvironmentOptions } = file.ownedFile.config as Config.ProjectConfig & {
      readonly testTimeout?: number;
    };
    // The project's own: what a docblock says is for that file alone.
    const options = readOptions(testEnvironmentOptions.loop, undefined, process.env, file.makeError);
    const { defaultAsyncTimeout } = options;
    this.#described = {
      project: {
        id,
        root: file.rootDir,
        debug: options.debug === true,
        autouse: options.autouse !== false,
        fixtureLoopScope: options.fixtureLoopScope,
        threadPoolSize: options.threadPoolSize,
        limit:
          defaultAsyncTimeout === undefined
            ? { ms: testTimeout ?? file.state.testTimeout, own: false }
            : { ms: defaultAsyncTimeout, own: true },
      },
      blocks: describeBlocks(file.file.parent!, testType => file.testTypes.keyOf(testType)),
    };
    return this.#described;
  }
}

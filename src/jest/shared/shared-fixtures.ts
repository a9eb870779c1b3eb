import type { Config } from '@jest/types';
import { adopt } from '../../channel/clone/adopt';
import { readOptions } from '../../config/options';
import { noSession } from '../../errors/fixtures/shared';
import { outlivesFile, type ScopeName } from '../../fixtures/declare/scopes';
import type { TestType } from '../../fixtures/declare/test-type';
import type {
  FixtureRunView,
  InstanceView,
  Origin,
  SharedInstance,
} from '../../fixtures/life/interfaces/views';
import { describeNamespaces, describeQuery, type SharedQuery } from '../../fixtures/shared/query';
import type { Loop } from '../../loop';
import type { ExceptionContext, Step } from '../../loop/steps/step';
import * as promises from '../../node/promise';
import type { TestFile } from '../file/test-file';
import { adoptError } from '../report/error-copies';
import { workerSide } from './find-worker-side';
import type { RunningTestFile } from './running-test-file';

/** Takes the errors of shared fixtures in a test file that uses them. */
export interface SharedReports {
  /** A fixture left an exception unhandled. */
  caught(instance: InstanceView, context: ExceptionContext, step: Step): void;
  /** A rejection that was reported was handled after all. */
  handled(promise: Promise<unknown>): void;
  /** One of a fixture's tasks failed: ends the tests and set-ups that use it. */
  endDependants(instance: Origin, error: unknown): string | undefined;
}

/** Stands in for a built-in that a shared fixture depends on. */
const NOT_HERE: SharedInstance = {
  value: promises.resolve({ value: undefined, context: [], entered: undefined }),
  origin: () => undefined,
};

/** The shared fixtures that one test file uses. They outlive it, and live outside its sandbox. */
export class SharedFixtures {
  readonly #testFile: TestFile;
  readonly #reports: SharedReports;
  readonly #used = new Set<SharedInstance>();
  #entered = false;
  #description: Pick<SharedQuery, 'project' | 'namespaces'> | undefined;

  constructor(testFile: TestFile, reports: SharedReports) {
    this.#testFile = testFile;
    this.#reports = reports;
  }

  /** Requests a fixture; undefined for one that lives in the file. */
  request(instance: InstanceView, run: FixtureRunView): SharedInstance | undefined {
    const { fixture } = instance;
    if (!outlivesFile(fixture.scope)) return undefined;
    // A built-in that a shared fixture depends on: it comes up there, and nothing here needs its value.
    if (fixture.declaration.namespace.kind === 'builtin') return NOT_HERE;
    this.#enter();
    const keyOf = (testType: TestType): string | undefined => this.#testFile.testTypes.keyOf(testType);
    const query = describeQuery(instance, run, this.#described(), keyOf);
    const shared = fixture.scope === 'session' ? this.#copy(instance, query) : workerSide().request(query);
    this.#used.add(shared);
    const value = shared.value.catch(error => {
      throw adoptError(this.#testFile.realm, error);
    });
    return { ...shared, value, adopt: error => adoptError(this.#testFile.realm, error) };
  }

  /** The Loop of a shared scope. */
  loopOf(scope: ScopeName, directory: string): Loop {
    this.#enter();
    return workerSide().loopOf(scope, this.#described(), directory);
  }

  /** Each test file gets its own copy, of the classes in its realm. */
  #copy({ fixture }: InstanceView, query: SharedQuery): SharedInstance {
    const copied = workerSide().copy(query);
    if (copied === undefined) {
      const error = this.#testFile.makeError(noSession(fixture.declaration));
      return { value: promises.reject(error), origin: () => undefined };
    }
    const value = copied.value.then(copy => ({
      value: adopt(copy, this.#testFile.realm.global),
      context: [],
      entered: undefined,
    }));
    return { ...copied, value };
  }

  /** From now on the file gets the errors of the fixtures that it uses. */
  #enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    workerSide().enter(this.#asRunning(), this.#testFile.info.config as Config.ProjectConfig);
  }

  #asRunning(): RunningTestFile {
    const file = this.#testFile;
    const reports = this.#reports;
    const uses = (instance: Origin): boolean =>
      !file.info.ended && [...this.#used].some(each => each.origin() === instance);
    return {
      path: file.testPath,
      caught: (instance, context, step) => {
        if (!uses(instance)) return false;
        const exception = 'exception' in context && { exception: adoptError(file.realm, context.exception) };
        reports.caught(instance, { ...context, ...exception }, step);
        return true;
      },
      handled: promise => reports.handled(promise),
      abortUsers: (instance, error) => {
        return uses(instance) ? reports.endDependants(instance, adoptError(file.realm, error)) : undefined;
      },
      warn: message => file.warn(message),
    };
  }

  /** The project and the namespaces around the file, described once. */
  #described(): Pick<SharedQuery, 'project' | 'namespaces'> {
    if (this.#description !== undefined) return this.#description;
    const file = this.#testFile;
    const { id, testTimeout, testEnvironmentOptions } = file.info.config as Config.ProjectConfig & {
      readonly testTimeout?: number;
    };
    // The project's options: those of a docblock are for that file alone.
    const options = readOptions(testEnvironmentOptions.loop, undefined, process.env, file.makeError);
    const { defaultAsyncTimeout } = options;
    this.#description = {
      project: {
        id,
        root: file.rootDir,
        debug: options.debug === true,
        autouse: options.autouse !== false,
        fixtureLoopScope: options.fixtureLoopScope,
        threadPoolSize: options.threadPoolSize,
        limit:
          defaultAsyncTimeout === undefined
            ? { ms: testTimeout ?? file.state.testTimeout, ours: false }
            : { ms: defaultAsyncTimeout, ours: true },
      },
      namespaces: describeNamespaces(file.file.parent!, testType => file.testTypes.keyOf(testType)),
    };
    return this.#description;
  }
}

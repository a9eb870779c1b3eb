import type { Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { readOptions } from '../../config/options';
import { watchContext } from '../../context/watch';
import { fixtureFileAsTest } from '../../errors/config';
import type { Problem } from '../../errors/problem';
import type { BuiltInExports } from '../../fixtures/declare/loaded-built-ins';
import { makePool } from '../../loop/executor/pool';
import { Step } from '../../loop/steps/step';
import { installGlobals, installModules } from '../../loop/timers/ambient';
import { CAPTURED } from '../../node';
import { STORE, worker } from '../../process/store';
import { getOrMake } from '../../util/get-or-make';
import { StandIns } from '../api/stand-ins';
import type { Event, Globals, State } from '../file/circus';
import { findFixtureFiles, isFixtureFile, unwatchSetupFiles, watchSetupFiles } from '../file/setup-files';
import { SESSION, TestFile } from '../file/test-file';
import { watchFixtureChildren } from '../process/fixture-children';
import { type Joined, joinRun } from '../process/join-run';
import { awaitReplacement, mayBeReplaced, untilReplaced } from '../process/replacement';
import { state as processState } from '../process/state';
import { type LateStore, watchLate } from '../report/route-errors';
import { endAbandoned } from '../run/file-life';
import type { FileRun } from '../run/file-run';
import { Gate } from '../run/gate';
import { openFileRun, startFileRun } from '../run/start-file-run';
import { workerSide } from '../shared/find-worker-side';
import type { WorkerSide } from '../shared/worker-side';
import {
  type Base,
  baseOf,
  type EnvironmentClass,
  type Given,
  LOOPED,
  type LoopEnvironmentClass,
  type TestEventHandler,
} from './base-environment';
import { watchCircusStorage } from './circus-storage';
import { type EventHooks, handleEvent } from './events';
import { install } from './install';
import { loadInto } from './load-into';
import { hideMarks } from './promise-equality';

const { version } = require('jest-environment-node/package.json') as { readonly version: string };

const made = new WeakMap<Base, unknown>();

/**
 * Makes a loop environment of any Jest environment: a class that does what `base` does and in which fixtures, Loops
 * and time limits work. `module.exports = withLoop(base)` is all that a file needs which `testEnvironment` or a
 * `@jest-environment` comment names. Throws where `base` is no class. See docs/environments.md.
 *
 * @param base the class, or the module that exports it as `TestEnvironment` or by default
 */
export function withLoop<B extends EnvironmentClass>(base: Given<B>): LoopEnvironmentClass<B> {
  const found = baseOf(base);
  // It is one already, or extends one.
  if (LOOPED in found) return found as unknown as LoopEnvironmentClass<B>;
  if (!made.has(found)) made.set(found, extend(found));
  return made.get(found) as LoopEnvironmentClass<B>;
}

/** Every environment has a context, which the types of some leave out. */
interface InContext {
  getVmContext(): Context;
}

/** The class with a session for its test file. Only forwards; the work is done elsewhere. */
function extend(base: Base): Base {
  return class LoopEnvironment extends base {
    static readonly [LOOPED] = true;
    #run: FileRun | undefined;
    readonly #hooks: EventHooks = {
      setup: () => {
        this.#uninstall();
        this.#begin();
      },
      collected: () => {
        unwatchSetupFiles(this.#setupFiles);
        this.#ends.push(watchCircusStorage());
      },
    };
    readonly #setupFiles: readonly string[];
    #ends: (() => void)[] = [];
    #uninstall: () => void;
    #joined: Joined | undefined;
    readonly #testPath: string;
    /** Jest's `workerIdleMemoryLimit`. */
    readonly #idleLimit: unknown;
    /** A handler that is no method: it would hide ours. */
    #own: TestEventHandler | undefined;
    /** The event that it is being told of. */
    #telling: Event | undefined;

    constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
      const { globalConfig, projectConfig } = config;
      // The Node environment makes a global of every key: ours is not meant for the sandbox.
      const { loop, ...testEnvironmentOptions } = projectConfig.testEnvironmentOptions as Globals;
      super({ ...config, projectConfig: { ...projectConfig, testEnvironmentOptions } }, context);
      const fail = (problem: Problem): Error =>
        Object.assign(new Error(problem.message), { code: problem.code });
      const options = readOptions(loop, context.docblockPragmas['jest-loop'], process.env, fail);
      if (isFixtureFile(context.testPath)) throw fail(fixtureFileAsTest());
      const file = {
        path: context.testPath,
        root: projectConfig.rootDir,
        ended: false,
        config: projectConfig,
        failureExitCode: globalConfig.testFailureExitCode,
      };
      this.#testPath = context.testPath;
      this.#idleLimit = globalConfig.workerIdleMemoryLimit;
      const testFile = new TestFile(options, file);
      const loaded = new Map<string, BuiltInExports>();
      testFile.builtIns = {
        load: module =>
          getOrMake(loaded, module, () => loadInto((this as unknown as InContext).getVmContext(), module)),
        facts: () => workerSide().facts(),
      };
      const run = startFileRun(testFile, new Gate(this.global));
      this.#run = run;
      testFile.opened = sandboxGlobals => {
        openFileRun(run);
        install(testFile, testFile.runtimeGlobals, sandboxGlobals);
        hideMarks(testFile.realm, testFile.jest.expect as Parameters<typeof hideMarks>[1], version);
      };
      this.#setupFiles = projectConfig.setupFilesAfterEnv;
      this.#takeOwnHandler();
      const { global } = this;
      Object.defineProperty(global, SESSION, { value: testFile, configurable: true });
      testFile.standIns = new StandIns(testFile, projectConfig, global as Globals);
      Object.defineProperty(global, STORE, { value: worker, configurable: true });
      Object.defineProperty(global, CAPTURED, {
        value: Reflect.get(globalThis, CAPTURED),
        configurable: true,
      });
      worker.makePool = makePool;
      worker.poolSize = options.threadPoolSize;
      // For `setupFiles`: what they keep of the timers belongs to Loops later.
      installModules();
      watchFixtureChildren();
      // A Loop has nothing more to do when it is made: in the sandbox, where the globals may be fake by then; out
      // here, where Jest's own code keeps its timers.
      for (const each of [global, globalThis]) worker.ambient.add(each);
      this.#uninstall = installGlobals(global);
      watchSetupFiles(
        this.#setupFiles,
        () => findFixtureFiles(projectConfig.rootDir, context.testPath),
        loading => {
          testFile.enter(loading);
          // Once more: this is called in a context of its own.
          enterFile(run);
        },
      );
      enterFile(run);
      this.#joined = joinRun(file.path, () => run.interrupts.now());
    }

    override async setup(): Promise<void> {
      this.#joined?.begun();
      this.#takeOwnHandler();
      await super.setup();
      // circus takes its own timers from here when it is loaded, which is now.
      this.#uninstall();
      this.#uninstall = this.#run!.interrupts.timers.watch(this.global);
      const side = workerSideIfAny();
      if (side === undefined) return;
      await awaitReplacement();
      await side.begin(this.#testPath);
    }

    /**
     * Jest calls this for each event and waits for the promise of an asynchronous one. Others patch it on the
     * prototype of the environment (tracers do), so theirs is called as well.
     */
    override handleTestEvent(event: Event, state: State): void | Promise<void> {
      const own = this.#own;
      if (own === undefined) return this.#handle(event, state, super.handleTestEvent?.(event, state));
      // It calls the method that it hides.
      if (this.#telling === event) return super.handleTestEvent?.(event, state);
      this.#telling = event;
      return this.#handle(event, state, own.call(this, event, state));
    }

    override async teardown(): Promise<void> {
      unwatchSetupFiles(this.#setupFiles ?? []);
      if (this.#run !== undefined) {
        await endAbandoned(this.#run);
        this.#run.testFile.ownedFile.ended = true;
      }
      this.#run = undefined;
      for (const end of this.#ends.reverse()) end();
      try {
        await super.teardown();
      } finally {
        const replaced = mayBeReplaced(this.#idleLimit);
        await workerSideIfAny()?.leave(replaced);
        this.#joined?.leave();
        await untilReplaced();
      }
    }

    /** `others` is what the base had to do. */
    #handle(event: Event, state: State, others: void | Promise<void>): void | Promise<void> {
      const run = this.#run;
      return run === undefined ? others : handleEvent(run, event, state, others, this.#hooks);
    }

    /** `handleTestEvent = async event => …` in a class, which makes a property of each environment. */
    #takeOwnHandler(): void {
      if (!Object.hasOwn(this, 'handleTestEvent')) return;
      this.#own = this.handleTestEvent as TestEventHandler;
      Reflect.deleteProperty(this, 'handleTestEvent');
    }

    /** Before the first code of the test file, and after circus has been loaded. */
    #begin(): void {
      const { global } = this;
      this.#ends = [installGlobals(global), watchContext(), watchLate(worker as LateStore)];
      // Legacy fake timers put back what they found when the environment was made.
      const { fakeTimers } = this;
      if (!fakeTimers) return;
      const { useRealTimers } = fakeTimers;
      fakeTimers.useRealTimers = () => {
        useRealTimers.call(fakeTimers);
        installGlobals(global);
      };
    }
  };
}

/** What this process has of what outlives test files; undefined where nobody has asked for any. */
function workerSideIfAny(): WorkerSide | undefined {
  return processState.workerSide as WorkerSide | undefined;
}

/** From here on, in all that Jest awaits: the code of the file and of its setup files, until a test or hook runs. */
function enterFile(run: FileRun): void {
  worker.steps.enterWith(new Step('test file', null, undefined, run.errors).carried);
}

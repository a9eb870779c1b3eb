import type { Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { watchContext } from '../../context/watch';
import type { BuiltInExports } from '../../fixtures/declare/loaded-built-ins';
import { makePool } from '../../loop/executor/pool';
import { keepLostSteps } from '../../loop/lost-steps';
import * as core from '../../loop/sandbox-core';
import { Step } from '../../loop/steps/step';
import { installGlobals, installModules } from '../../loop/timers/ambient';
import { processState } from '../../process/process-state';
import { getOrMake } from '../../util/get-or-make';
import type { Event, State } from '../file/circus';
import type * as RealmCode from '../file/make-realm';
import { findFixtureFiles, unwatchSetupFiles, watchSetupFiles } from '../file/setup-files';
import { dropFormatter, keepReadable, noteFormatter } from '../file/stack-formatter';
import { saveCode } from '../process/compiled/load-code';
import { watchFixtureChildren } from '../process/fixture-children';
import { jestVersion } from '../process/jest-packages';
import { jestState } from '../process/jest-state';
import { type JoinedFile, joinRun } from '../process/join-run';
import { awaitReplacement, hangIfEnding, mayBeReplaced } from '../process/worker-replacement';
import { type WatchedProcess, watchErrors } from '../report/route-errors';
import { siteOfError } from '../report/sites';
import { endAbandoned } from '../run/end-file';
import { makeFileRun, openRealm } from '../run/make-file-run';
import type { FileRun } from '../run/state/file-run';
import { Gate } from '../run/state/gate';
import { workerSide } from '../shared/find-worker-side';
import type { WorkerSide } from '../shared/worker-side';
import { provideBackends } from './backends';
import type { BaseEnvironment } from './base-environment';
import { watchCircusStorage } from './circus-storage';
import { type EventHooks, handleEvent } from './events';
import { install } from './install';
import { joinHandlers } from './join-handlers';
import { loadInto } from './load-into';
import { makeTestFile, provideTo } from './make-test-file';
import { observeFile } from './observe-file';
import { hideMarks } from './promise-equality';

/** Every environment has a context; the types of some leave it out. */
interface InContext {
  getVmContext(): Context;
}

/** What a loop environment does for its test file, besides what its base does. The work is done by what it imports. */
export class FileEnvironment {
  readonly #environment: BaseEnvironment;
  /** Undefined after the teardown: jest-loop ignores late events. */
  #run: FileRun | undefined;
  readonly #hooks: EventHooks = {
    setup: () => {
      this.#uninstall();
      joinHandlers(this.#environment.global);
      this.#begin();
    },
    collected: () => {
      unwatchSetupFiles(this.#setupFiles);
      this.#ends.push(watchCircusStorage());
    },
    failing: (...errors) => keepReadable(this.#environment.global, ...errors),
    finished: () => {
      if (this.#run !== undefined) this.#run.testFile.finished = true;
      dropFormatter(this.#environment.global);
    },
  };
  readonly #setupFiles: readonly string[];
  #ends: (() => void)[] = [];
  #uninstall: () => void;
  readonly #closeBackends: () => void;
  readonly #joined: JoinedFile;
  readonly #testPath: string;
  /** Jest's `workerIdleMemoryLimit`. */
  readonly #idleLimit: unknown;

  constructor(
    environment: BaseEnvironment,
    config: JestEnvironmentConfig,
    context: EnvironmentContext,
    loopOptions: unknown,
  ) {
    const { globalConfig, projectConfig } = config;
    const { global } = environment;
    this.#environment = environment;
    const testFile = makeTestFile(config, context, loopOptions);
    const loaded = new Map<string, BuiltInExports>();
    const vmContext = (): Context => (environment as unknown as InContext).getVmContext();
    testFile.builtIns = {
      load: module => getOrMake(loaded, module, () => loadInto(vmContext(), module) as BuiltInExports),
      facts: () => workerSide().facts(),
      placeOf: site => siteOfError(site, testFile.rootDir).at,
    };
    testFile.makeRealm = loading =>
      (loadInto(vmContext(), 'realm') as typeof RealmCode).makeSandboxRealm(
        () => testFile.loadCore(),
        loading,
      );
    // Code may outlive its file; the realm is gone by then.
    testFile.loadCore = () =>
      testFile.info.ended ? core : (loadInto(vmContext(), 'loop-core') as typeof core);
    const run = makeFileRun(testFile, new Gate(global));
    this.#closeBackends = provideBackends(environment, testFile);
    testFile.opened = sandboxGlobals => {
      openRealm(run);
      install(testFile, testFile.runtimeGlobals, sandboxGlobals);
      hideMarks(testFile.realm, testFile.jest.expect as Parameters<typeof hideMarks>[1], jestVersion);
    };
    this.#run = run;
    run.observed = observeFile(run);
    this.#testPath = context.testPath;
    this.#idleLimit = globalConfig.workerIdleMemoryLimit;
    this.#setupFiles = projectConfig.setupFilesAfterEnv;
    provideTo(global, testFile, config);
    processState.makePool = makePool;
    processState.poolSize = testFile.options.threadPoolSize;
    // Before `setupFiles` run, so that timers which they capture belong to Loops.
    installModules();
    keepLostSteps();
    watchFixtureChildren();
    // Now rather than when a Loop is made: the sandbox's globals may be fake by then, and Jest has captured the outer ones.
    for (const each of [global, globalThis]) processState.ambient.add(each);
    this.#uninstall = installGlobals(global);
    watchSetupFiles(
      this.#setupFiles,
      () => findFixtureFiles(projectConfig, context.testPath),
      loading => {
        testFile.enter(loading);
        // Again: Jest loads setup files in another async context.
        enterFile(run);
      },
    );
    enterFile(run);
    this.#joined = joinRun(context.testPath, () => run.interrupts.interrupt());
  }

  /** `base` is the set-up of the base environment, `handling` says who else looks at events. */
  async setup(
    base: () => Promise<void>,
    handling: Pick<FileRun, 'handlesLast' | 'handlesAlone'>,
  ): Promise<void> {
    if (this.#run !== undefined) Object.assign(this.#run, handling);
    this.#joined.begun();
    noteFormatter(this.#environment.global);
    try {
      await base();
    } catch (error) {
      this.#run?.observed?.ended({ error });
      throw error;
    }
    // Circus takes its timers from the global when it is loaded, which happens next.
    this.#uninstall();
    this.#uninstall = this.#run!.interrupts.timers.watch(this.#environment.global);
    const side = workerSideIfAny();
    if (side === undefined) return;
    await awaitReplacement();
    await side.begin(this.#testPath);
  }

  /** `others` is what the base's handler returned. */
  handle(event: Event, state: State, others: void | Promise<void>): void | Promise<void> {
    const run = this.#run;
    return run === undefined ? others : handleEvent(run, event, state, others, this.#hooks);
  }

  /** `base` is the teardown of the base environment. */
  async teardown(base: () => Promise<void>): Promise<void> {
    unwatchSetupFiles(this.#setupFiles);
    // A file that could not be loaded never finishes.
    dropFormatter(this.#environment.global);
    const run = this.#run;
    const observed = run?.observed;
    if (run !== undefined) {
      await endAbandoned(run);
      run.testFile.info.ended = true;
      run.interrupts.timers.end();
    }
    this.#run = undefined;
    this.#closeBackends();
    for (const end of this.#ends.reverse()) end();
    try {
      await base();
    } finally {
      observed?.ended();
      saveCode();
      const replaced = mayBeReplaced(this.#idleLimit);
      await workerSideIfAny()?.leave(replaced);
      this.#joined.leave();
      await hangIfEnding();
    }
  }

  /** Runs before the first code of the test file, and after circus has been loaded. */
  #begin(): void {
    const { global, fakeTimers } = this.#environment;
    this.#ends = [installGlobals(global), watchContext(), watchErrors(processState as WatchedProcess)];
    // Legacy fake timers restore what they found when the environment was made.
    if (!fakeTimers) return;
    const { useRealTimers } = fakeTimers;
    fakeTimers.useRealTimers = () => {
      useRealTimers.call(fakeTimers);
      installGlobals(global);
    };
  }
}

/** What this process keeps for shared fixtures; undefined while no file has used any. */
function workerSideIfAny(): WorkerSide | undefined {
  return jestState.workerSide as WorkerSide | undefined;
}

/** From here on the file owns what runs: its setup files and its own code, until a test or hook starts. */
function enterFile(run: FileRun): void {
  processState.steps.enterWith(new Step('test file', null, undefined, run.errors).carried);
}

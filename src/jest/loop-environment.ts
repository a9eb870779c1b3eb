import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import { readOptions } from '../config/options';
import { fixtureFileAsTest } from '../errors/config';
import type { Problem } from '../errors/problem';
import type { Event, Globals, State } from './circus';
import { collect, endFile } from './collect';
import { hookAdded, testAdded } from './register';
import { reportMoreErrors } from './run-test';
import { SESSION, Session } from './session';
import { findFixtureFiles, isFixtureFile, unwatchSetupFiles, watchSetupFiles } from './setup-files';

/** Jest's Node environment with a session for its test file. Only forwards; the work is done elsewhere. */
export class LoopEnvironment extends NodeEnvironment {
  #session: Session | undefined;
  readonly #setupFiles: readonly string[];

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    const { projectConfig } = config;
    // The Node environment makes a global of every key: ours is not meant for the sandbox.
    const { loop, ...testEnvironmentOptions } = projectConfig.testEnvironmentOptions as Globals;
    super({ ...config, projectConfig: { ...projectConfig, testEnvironmentOptions } }, context);
    const fail = (problem: Problem): Error =>
      Object.assign(new Error(problem.message), { code: problem.code });
    const options = readOptions(loop, context.docblockPragmas['jest-loop'], process.env, fail);
    if (isFixtureFile(context.testPath)) throw fail(fixtureFileAsTest());
    const session = new Session(options, projectConfig.rootDir, context.testPath);
    this.#session = session;
    this.#setupFiles = projectConfig.setupFilesAfterEnv;
    Object.defineProperty(this.global, SESSION, { value: session, configurable: true });
    watchSetupFiles(
      this.#setupFiles,
      () => findFixtureFiles(projectConfig.rootDir, context.testPath),
      loading => session.enter(loading),
    );
  }

  /**
   * Jest calls this for each event and waits for the promise of an asynchronous one. Others patch it on the
   * prototype of the environment (tracers do), so theirs is called as well.
   */
  handleTestEvent(event: Event, state: State): void | Promise<void> {
    const inherited = (
      NodeEnvironment.prototype as { handleTestEvent?: (event: Event, state: State) => unknown }
    ).handleTestEvent;
    const others = inherited?.call(this, event, state) as void | Promise<void>;
    const session = this.#session;
    if (session === undefined) return others;
    switch (event.name) {
      case 'setup':
        session.state = state;
        session.runtimeGlobals = event.runtimeGlobals;
        break;
      case 'add_test':
        testAdded(session, event, state);
        break;
      case 'add_hook':
        hookAdded(session, event, state);
        break;
      case 'run_start':
        unwatchSetupFiles(this.#setupFiles);
        collect(session, state);
        break;
      case 'run_describe_start':
        if (session.inUse) session.around.homes.reopen(session.blockOf(event.describeBlock));
        break;
      case 'test_fn_success':
      case 'test_fn_failure':
        reportMoreErrors(session, event.test);
        break;
      case 'run_finish':
        return Promise.resolve(others).then(() => endFile(session));
    }
    return others;
  }

  override async teardown(): Promise<void> {
    unwatchSetupFiles(this.#setupFiles ?? []);
    this.#session = undefined;
    await super.teardown();
  }
}

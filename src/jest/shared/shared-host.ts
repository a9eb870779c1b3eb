import type { Config } from '@jest/types';
import type { SharedFacts } from '../../channel/facts';
import { watchContext } from '../../context/watch';
import { notDeclaredOutside } from '../../errors/fixtures/shared';
import { interrupted } from '../../errors/project/interrupt';
import { lateText } from '../../errors/tests/late';
import type { BuiltInExports } from '../../fixtures/declare/loaded-built-ins';
import type { InstanceView, SharedInstance } from '../../fixtures/life/interfaces/views';
import type { DescribedProject, SharedQuery } from '../../fixtures/shared/query';
import { SharedEngine } from '../../fixtures/shared/shared-engine';
import type { SharedRealm } from '../../fixtures/shared/shared-fixture-host';
import type { Loop } from '../../loop';
import { makePool } from '../../loop/executor/pool';
import { join } from '../../node/path';
import { processState } from '../../process/process-state';
import { turn } from '../../process/real-time';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { errorFactory, errorHere } from '../file/realm';
import { watchFixtureChildren } from '../process/fixture-children';
import { jestState } from '../process/jest-state';
import { mainRun, type RunError } from '../process/main-run';
import { addPlace } from '../report/add-place';
import { seenBefore } from '../report/error-copies';
import { explainGlobal } from '../report/hints';
import { describePending, nameIn, siteOfError } from '../report/sites';
import { DetachedOutput } from './detached-output';
import { FixtureFileLoader } from './load/fixture-file-loader';
import { asRunError, plainRunError, teardownError, unhandledError } from './run-error';
import type { RunningTestFile } from './running-test-file';

export interface SharedHostOptions {
  readonly widest: 'worker' | 'session';
  configOf(project: string): Config.ProjectConfig;
  /** The Loop of the widest scope, if it is another owner's. */
  readonly loop?: Loop;
  /** The facts on which all processes of the run agree. */
  facts(): Promise<SharedFacts>;
  /** A task of a fixture failed, which other processes may hold. Returns the label of the requester that saw it. */
  died?(instance: InstanceView, error: unknown): string | undefined;
  /** Requests a fixture of scope `session`; absent in Jest's main process, where they live. */
  request?(query: SharedQuery): SharedInstance;
}

/** One per process: in band, fixtures of scope `worker` and `session` share modules. */
const loader = new FixtureFileLoader();

/** Compiles files ahead that declare fixtures of a project. */
export function prepare(config: Config.ProjectConfig, files: readonly string[]): void {
  loader.prepare(config, files);
}

/** The hosts that may still load something. */
const open = new Set<SharedHost>();

/** The same for all hosts. */
const output = new DetachedOutput();

/**
 * The shared fixtures of this process. It is made for the first fixture of scope `directory` or `worker`, or, in Jest's
 * main process, of scope `session`.
 */
export class SharedHost {
  /** The test file that runs. */
  testFile: RunningTestFile | undefined;
  /** The path of the test file that runs, or ran last. */
  #path: string | undefined;
  /** The same for each project. */
  readonly #paths = new Map<string, string>();
  readonly engine: SharedEngine;
  readonly #options: SharedHostOptions;
  readonly #errors: RunError[] = [];
  readonly #rejections = new Map<Promise<unknown>, RunError>();
  /** Usually a test file does this, but with workers none runs in Jest's main process. */
  readonly #unwatch = watchContext();

  constructor(options: SharedHostOptions) {
    this.#options = options;
    if (open.size === 0) output.begin();
    open.add(this);
    processState.makePool ??= makePool;
    watchFixtureChildren();
    this.engine = new SharedEngine(
      options.widest,
      project => this.#realm(project),
      (error, instance, project) => teardownError(error, instance, this.#whereOf(project)),
      options.loop,
    );
  }

  /** Whether nothing is up and there is nothing to report. */
  get empty(): boolean {
    return this.engine.openScopes.empty && this.#errors.length === 0;
  }

  /** The Loop of a scope. */
  loopOf(...args: Parameters<SharedEngine['loopOf']>): Loop {
    return this.engine.loopOf(...args);
  }

  /** A test file of a project requests its first shared fixture. */
  enter(testFile: RunningTestFile, project: string): void {
    this.testFile = testFile;
    this.#path = testFile.path;
    this.#paths.set(project, testFile.path);
  }

  /** A test file of a directory starts: fixtures of other directories go down. Returns the errors. */
  async moveTo(directory: string): Promise<RunError[]> {
    return this.#allErrors(await this.engine.openScopes.leave(directory));
  }

  /** Notes errors to report at the end. */
  add(errors: readonly RunError[]): void {
    this.#errors.push(...errors);
  }

  /** The run was interrupted: ends the set-ups under way. */
  abort(): void {
    const makeError = errorFactory({ Error });
    for (const instance of this.engine.openScopes.starting()) instance.abort(makeError(interrupted()));
  }

  /** Tears everything down. Returns the errors, also those noted before. */
  async end(): Promise<RunError[]> {
    const closed = await this.engine.openScopes.closeAll();
    // Node reports rejections that the last teardown left behind at the end of the turn.
    await turn();
    const errors = this.#allErrors(closed);
    open.delete(this);
    this.#unwatch();
    if (open.size > 0) return errors;
    loader.forget();
    output.end();
    return errors;
  }

  #allErrors(errors: readonly unknown[]): RunError[] {
    this.#rejections.clear();
    const all = [...errors.map(error => asRunError(error, this.#path)), ...this.#errors.splice(0)];
    return all.map(plainRunError);
  }

  #realm(project: DescribedProject): SharedRealm {
    const realm = { Error };
    const config = this.#options.configOf(project.id);
    const { request, died } = this.#options;
    const makeError = errorFactory(realm);
    return {
      makeError,
      stopped: () =>
        jestState.isInterrupted || mainRun()?.isStopped ? { error: makeError(interrupted()) } : undefined,
      here: () => siteOfError(errorHere(realm), config.rootDir),
      seenBefore: (error, seenIn, at) => seenBefore(realm, error, seenIn, at),
      place: (error, declaration, phase) => addPlace(realm, explainGlobal(realm, error), declaration, phase),
      late: (error, label) => {
        const message = lateText({ file: 'none: it outlives test files', startedBy: label, error });
        this.#errors.push({ message: message.split('\n', 1)[0]!, stack: message, project: project.id });
      },
      caught: (instance, context, step) => {
        if (this.testFile?.caught(instance, context, step) === true) return;
        if ('exception' in context) {
          const error = unhandledError(context.exception, instance, this.#whereOf(project.id));
          this.#unhandled(error, context.promise);
        } else this.#warn(`${context.message}\n  in ${instance.label}`);
      },
      handled: promise => {
        const error = this.#rejections.get(promise);
        if (error === undefined) this.testFile?.handled(promise);
        else this.#errors.splice(this.#errors.indexOf(error), 1);
        this.#rejections.delete(promise);
      },
      abortUsers: (instance, error) =>
        died === undefined
          ? this.testFile?.abortUsers(instance, error)
          : died(instance as InstanceView, error),
      load: file => loader.load(file, config),
      notFound: (name, file, site) => makeError(notDeclaredOutside(name, nameIn(project.root, file), site)),
      describe: item => describePending(item, project.root),
      builtIns: {
        load: module => require(join(PACKAGE_FOLDER, 'entries', module)) as BuiltInExports,
        facts: () => this.#options.facts(),
        placeOf: site => siteOfError(site, project.root).at,
      },
      ...(request !== undefined && { request }),
    };
  }

  #warn(message: string): void {
    if (this.testFile !== undefined) this.testFile.warn(message);
    else process.stderr.write(`${message}\n`);
  }

  #unhandled(error: RunError, promise: unknown): void {
    this.#errors.push(error);
    if (promise !== undefined) this.#rejections.set(promise as Promise<unknown>, error);
  }

  /** Where an error of a project's fixture is reported: on a file of that project. */
  #whereOf(project: string): { readonly path: string | undefined; readonly project: string } {
    return { path: this.#paths.get(project), project };
  }
}

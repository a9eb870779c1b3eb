import type { Config } from '@jest/types';
import type { SharedFacts } from '../../channel/facts';
import { watchContext } from '../../context/watch';
import { interrupted } from '../../errors/interrupt';
import { lateError } from '../../errors/late';
import { notFoundOutside } from '../../errors/wide';
import type { BuiltInExports } from '../../fixtures/declare/loaded-built-ins';
import type { SharedInstance } from '../../fixtures/life/fixture-host';
import type { Instance } from '../../fixtures/life/instance';
import type { Loop } from '../../loop';
import { makePool } from '../../loop/executor/pool';
import { join } from '../../node/path';
import { turn } from '../../process/real-time';
import { worker } from '../../process/store';
import { Host, type Realm } from '../../shared/host';
import type { DescribedProject, SharedQuery } from '../../shared/query';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { errorFactory } from '../file/realm';
import { watchFixtureChildren } from '../process/fixture-children';
import { mainRun, type RunError } from '../process/main-run';
import { state } from '../process/state';
import { seenBefore } from '../report/error-copies';
import { addPlace, describePending, nameIn } from '../report/sites';
import { FixtureFileLoader } from './load/load-file';
import { asRunError, plainRunError, teardownError, unhandledError } from './run-error';

/** The test file that runs, as what outlives it sees it. */
export interface FileLink {
  readonly path: string;
  /** An exception of a fixture that the file uses; false where it uses it not. */
  caught: Inform<'caughtWide'>;
  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void;
  /** Ends what runs of the tests that use it. */
  abortUsers: Realm['abortUsers'];
  warn(message: string): void;
}

type Inform<Name extends 'caughtWide'> = (...args: Parameters<Realm[Name]>) => boolean;

/** What is asked of it by whoever makes one. */
export interface JestHostOptions {
  readonly widest: 'worker' | 'session';
  configOf(project: string): Config.ProjectConfig;
  /** What all processes of the run agree on. */
  facts(): Promise<SharedFacts>;
  /** Asks for what lives in Jest's main process; absent there. */
  borrow?(asked: SharedQuery): SharedInstance;
}

/** One for the process: in band, what lives as long as the worker and what lives as long as the run share modules. */
const loader = new FixtureFileLoader();

/** Those that may still load something. */
const open = new Set<JestHost>();

/**
 * All in this process that outlives test files: made when the first fixture of scope `directory` or `worker` is asked
 * for; in Jest's main process, of scope `session`.
 */
export class JestHost {
  /** The test file that runs. */
  inside: FileLink | undefined;
  /** The path of it, or of the one that ran last. */
  path: string | undefined;
  readonly host: Host;
  readonly #options: JestHostOptions;
  readonly #errors: RunError[] = [];
  readonly #rejections = new Map<Promise<unknown>, RunError>();
  /** No test file runs in Jest's main process beside workers, which would do it. */
  readonly #unwatch = watchContext();

  constructor(options: JestHostOptions) {
    this.#options = options;
    open.add(this);
    worker.makePool ??= makePool;
    watchFixtureChildren();
    this.host = new Host(
      options.widest,
      project => this.#realm(project),
      (error, ending) => teardownError(error, ending, this.path),
    );
  }

  /** Whether anything would go down at the end. */
  get empty(): boolean {
    return this.host.homes.empty && this.#errors.length === 0;
  }

  /** The Loop of a scope. */
  loopOf(...args: Parameters<Host['loopOf']>): Loop {
    return this.host.loopOf(...args);
  }

  /** A test file of a directory begins: what lives in another goes down. Gives what went wrong. */
  async moveTo(directory: string): Promise<RunError[]> {
    return this.#told(await this.host.homes.leave(directory));
  }

  /** Notes what went wrong, to be told at the end. */
  add(errors: readonly RunError[]): void {
    this.#errors.push(...errors);
  }

  /** The run was interrupted: ends the set-ups that are under way. */
  abort(): void {
    const makeError = errorFactory({ Error });
    for (const instance of this.host.homes.starting()) instance.abort(makeError(interrupted()));
  }

  /** All goes down. Gives what went wrong, then and before. */
  async end(): Promise<RunError[]> {
    const closed = await this.host.homes.closeAll();
    // Node tells of what the last teardown left behind, a rejection, when the turn is over.
    await turn();
    const errors = this.#told(closed);
    open.delete(this);
    this.#unwatch();
    if (open.size === 0) loader.forget();
    return errors;
  }

  #told(errors: readonly unknown[]): RunError[] {
    this.#rejections.clear();
    const all = [...errors.map(error => asRunError(error, this.path)), ...this.#errors.splice(0)];
    return all.map(plainRunError);
  }

  #realm(project: DescribedProject): Realm {
    const realm = { Error };
    const config = this.#options.configOf(project.id);
    const { borrow } = this.#options;
    const makeError = errorFactory(realm);
    return {
      makeError,
      stopped: () =>
        state.interrupted || mainRun()?.isStopped ? { error: makeError(interrupted()) } : undefined,
      seenBefore: (error, seenIn) => seenBefore(realm, error, seenIn),
      place: (error, declaration, phase) => addPlace(realm, error, declaration, phase),
      late: (error, label) => {
        const message = lateError({ file: 'none: it outlives test files', startedBy: label, error });
        this.#errors.push({ message: message.split('\n', 1)[0]!, stack: message });
      },
      caughtWide: (instance, context, step) => {
        if (this.inside?.caught(instance, context, step) === true) return;
        if ('exception' in context) this.#unhandled(instance, context.exception, context.promise);
        else this.#warn(`${context.message}\n  in ${instance.label}`);
      },
      handledWide: promise => {
        const told = this.#rejections.get(promise);
        if (told === undefined) this.inside?.handled(promise);
        else this.#errors.splice(this.#errors.indexOf(told), 1);
      },
      abortUsers: (instance, error) => this.inside?.abortUsers(instance, error),
      load: file => loader.load(file, config),
      notFound: (name, file, site) => makeError(notFoundOutside(name, nameIn(project.root, file), site)),
      describe: item => describePending(item, project.root),
      builtIns: {
        load: module => require(join(PACKAGE_FOLDER, 'entries', module)) as BuiltInExports,
        facts: () => this.#options.facts(),
      },
      ...(borrow !== undefined && { borrow }),
    };
  }

  #warn(message: string): void {
    if (this.inside !== undefined) this.inside.warn(message);
    else process.stderr.write(`${message}\n`);
  }

  #unhandled(instance: Instance, error: unknown, promise: unknown): void {
    const told = unhandledError(error, instance, this.path);
    this.#errors.push(told);
    if (promise !== undefined) this.#rejections.set(promise as Promise<unknown>, told);
  }
}

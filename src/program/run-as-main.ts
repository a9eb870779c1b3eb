import { errorOf } from '../errors/problem';
import { invalidProgramOption, unknownProgramOption } from '../errors/project/command-line';
import { embedding } from '../jest/process/embedding';
import { watchProcess } from '../jest/report/process-listeners';
import { Loop, type Task } from '../loop';
import { currentStep, type Owner, runIn, Step } from '../loop/steps/step';
import { processState } from '../process/process-state';
import { turn } from '../process/real-time';
import { ServiceRunner } from '../services/entrypoint';
import type { AnyService, Entrypoint } from '../services/entrypoint-types';
import { ProgramErrors } from './program-errors';

/** What the function of {@link runAsMain} gets. See docs/command-line.md. */
export interface MainContext {
  /** Aborts on SIGINT and SIGTERM, and when something in the program fails. */
  readonly signal: AbortSignal;
  /** The Loop of the program. */
  readonly loop: Loop;
  /** The running services, also to start and stop further ones. */
  readonly entrypoint: Entrypoint;
}

/** Options of {@link runAsMain}. See docs/command-line.md. */
export interface RunAsMainOptions {
  /** Started before the function, all at once, and stopped after it. @default none */
  readonly services?: readonly AnyService[];
}

/** The exit codes of a process that a signal has ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type SignalName = keyof typeof SIGNALS;

/** How long in ms the process may take to exit by itself once the program has failed or was interrupted. */
const GRACE = 1000;

/**
 * Runs a program: `fn` in its own Loop, with `services` around it. When it ends, the services are stopped and the
 * Loop is closed, so that tasks and timers end. An error, also one that nothing handled in a task or timer of the
 * program, cancels it, is printed with your own frames only, and makes the exit code 1. SIGINT cancels it, so that its
 * `finally` blocks run; the exit code is 130 (143 for SIGTERM). A second signal ends the process at once.
 *
 * ```ts
 * import { runAsMain } from 'jest-loop/run';
 * void runAsMain(async ({ loop, signal }) => { … }, { services: [new ProcessService({ command: 'redis-server' })] });
 * ```
 *
 * All times are ms. See docs/command-line.md.
 *
 * @param fn the program; cancelled code has a second for its `finally` blocks
 * @returns a promise that never rejects: for what `fn` returns, or for undefined if the program failed
 * @throws `ERR_OPTION_INVALID` for wrong arguments
 */
export function runAsMain<T>(
  fn: (context: MainContext) => T | PromiseLike<T>,
  options: RunAsMainOptions = {},
): Promise<T | undefined> {
  const call = 'runAsMain()';
  if (typeof fn !== 'function')
    throw errorOf(invalidProgramOption(call, 'the first argument', 'a function', fn));
  if (typeof options !== 'object' || options === null)
    throw errorOf(invalidProgramOption(call, 'the second argument', 'an object with options', options));
  const unknown = Object.keys(options).find(name => name !== 'services');
  if (unknown !== undefined) throw errorOf(unknownProgramOption(call, unknown, ['services']));
  return new Main(fn, options.services ?? []).run();
}

class Main<T> {
  readonly #errors = new ProgramErrors();
  readonly #loop = new Loop({ name: 'main' });
  readonly #owner: Owner = {
    label: 'the program',
    caught: context => {
      if ('exception' in context) this.#failed(context.exception);
      else process.stderr.write(`${context.message}\n`);
    },
  };
  readonly #step = new Step('main', this.#loop, undefined, this.#owner);
  readonly #runner: ServiceRunner;
  #task: Task<T> | undefined;
  #signal: SignalName | undefined;

  constructor(
    readonly fn: (context: MainContext) => T | PromiseLike<T>,
    services: readonly AnyService[],
  ) {
    this.#runner = runIn(
      this.#step,
      () => new ServiceRunner({ services, loop: this.#loop, died: error => this.#failed(error) }),
    );
  }

  async run(): Promise<T | undefined> {
    const leave = [this.#watchErrors(), this.#watchSignals()];
    try {
      const result = await this.#runFunction();
      await this.#attempt(() => this.#runner.stop(this.#errors.all[0]));
      // It tears down its fixtures, however long that takes.
      await embedding()?.done;
      await this.#attempt(() => this.#loop.close());
      // Node reports rejections at the end of a turn.
      await turn();
      await turn();
      return result;
    } finally {
      for (const each of leave) each();
      this.#report();
    }
  }

  async #runFunction(): Promise<T | undefined> {
    const { fn } = this;
    const start = async (signal: AbortSignal): Promise<T> => {
      await this.#runner.start();
      return await fn({ signal, loop: this.#loop, entrypoint: this.#runner });
    };
    const task: Task<T> = runIn(this.#step, () =>
      // A function that does not look at the signal is cancelled at its next wait instead.
      this.#loop.createTask(fn.length > 0 ? start : () => start(task.signal), { name: 'main' }),
    );
    this.#task = task;
    try {
      return await task;
    } catch (error) {
      this.#errors.add(error);
      return undefined;
    }
  }

  /** An error that no code of the program handled. */
  #failed(error: unknown): void {
    this.#errors.add(error);
    this.#task?.cancel(error);
  }

  async #attempt(fn: () => Promise<unknown>): Promise<void> {
    try {
      await runIn(this.#step, fn);
    } catch (error) {
      this.#errors.add(error);
    }
  }

  #watchErrors(): () => void {
    const take = (error: unknown): boolean => {
      const isOurs = currentStep()?.owner === this.#owner;
      if (isOurs) this.#failed(error);
      return isOurs;
    };
    return watchProcess(take, () => {});
  }

  #watchSignals(): () => void {
    const listener = (name: NodeJS.Signals): void => {
      if (this.#signal !== undefined) process.exit(SIGNALS[this.#signal]);
      this.#signal = name as SignalName;
      this.#task?.cancel(name);
    };
    const names = Object.keys(SIGNALS) as SignalName[];
    for (const name of names) process.on(name, listener);
    return () => {
      for (const name of names) process.removeListener(name, listener);
    };
  }

  #report(): void {
    this.#errors.print(process.stderr);
    if (this.#signal !== undefined) process.exitCode = SIGNALS[this.#signal];
    else if (this.#errors.all.length > 0) process.exitCode ||= 1;
    else return;
    // An open server would keep it alive.
    processState.real.setTimeout(() => process.exit(), GRACE).unref();
  }
}

import { jestState } from './jest-state';
import type { RaceCounts } from './messages';

/** Whether Jest's CLI is calling: it listens to the end of the process once it has reported everything. */
export function isCalledByJest(): boolean {
  // `async` frames below only await what is called now.
  return /^ +at (?!async ).*[\\/]jest-cli[\\/]/m.test(new Error().stack ?? '');
}

/**
 * An error at the end of a run: a failure of the file at `path`; or of the file that ended last, of the project with the
 * id `project` if any of that has run.
 */
export interface RunError {
  readonly message: string;
  readonly stack: string;
  readonly path?: string;
  readonly project?: string;
}

/**
 * Why a run ends: everything is done; Jest's `--bail` limit is reached; a signal or Jest's watch mode interrupts it;
 * Jest's runner failed.
 */
export type EndReason = 'done' | 'bail' | 'interrupt' | 'error';

/** Called once when a run ends. Its rejection is reported as a further error. */
export type AtEnd = (why: EndReason) => Promise<readonly RunError[]>;

/**
 * One run of test files, in the process that Jest was started in. If projects have different runners, one run follows
 * the other.
 */
export class MainRun {
  /** How many files have started. */
  started = 0;
  /** How many files are over, including those that never started because the run was stopped. */
  finished = 0;
  /** Called when Jest has the result of a file. */
  onFileEnd: (() => void) | undefined;
  /** Why it ends or has ended; undefined while files may start. */
  reason: EndReason | undefined;
  /** What `--races` has done; undefined without it. */
  races: { add(counts: RaceCounts): void } | undefined;
  readonly #atEnd: AtEnd[] = [];
  readonly #atStop: ((why: EndReason) => void)[] = [];
  /** The last call of `end`; undefined before the first. */
  #ending: Promise<readonly RunError[]> | undefined;
  #closed = false;

  constructor(
    /** The files run in this process. */
    readonly inBand: boolean,
    readonly total: number,
    /** Reports errors that come after {@link close}. */
    readonly reportLate: (errors: readonly RunError[]) => void,
    /** Called when a file starts whose environment is ours: it ends when it is interrupted. */
    readonly fileStarted: (message: { readonly path: string }) => void = () => {},
  ) {}

  /** Whether `end` has, or has had, anything to do. */
  get hasEnds(): boolean {
    return this.#ending !== undefined || this.#atEnd.length > 0;
  }

  /** Whether no further files start though not all have run. */
  get isStopped(): boolean {
    return this.reason !== undefined && this.reason !== 'done';
  }

  /** Calls `fn` when the run ends, in reverse order of registration. At once after {@link close}. */
  atEnd(fn: AtEnd): void {
    if (this.#closed) void call(fn, this.reason ?? 'done').then(this.reportLate);
    else this.#atEnd.push(fn);
  }

  /** Calls `fn` when the run is stopped, at once if it is already. */
  atStop(fn: (why: EndReason) => void): void {
    if (this.isStopped) fn(this.reason!);
    else this.#atStop.push(fn);
  }

  /** From now on no further files start. */
  stop(why: EndReason): void {
    if (this.reason !== undefined) return;
    this.reason = why;
    for (const fn of this.#atStop.splice(0)) fn(why);
  }

  /**
   * Calls what was registered with {@link atEnd}, one after the other, and gives the errors to the first caller. A
   * later call waits for the earlier ones, then ends what was registered since.
   */
  end(why: EndReason): Promise<readonly RunError[]> {
    this.reason ??= why;
    const { reason } = this;
    this.#ending = this.#ending?.then(() => this.#endAll(reason)) ?? this.#endAll(reason);
    return this.#ending;
  }

  /** `end` is not called again. */
  close(): void {
    this.#closed = true;
  }

  async #endAll(why: EndReason): Promise<readonly RunError[]> {
    const errors: RunError[] = [];
    for (let fn = this.#atEnd.pop(); fn !== undefined; fn = this.#atEnd.pop())
      errors.push(...(await call(fn, why)));
    return errors;
  }
}

async function call(fn: AtEnd, why: EndReason): Promise<readonly RunError[]> {
  try {
    return await fn(why);
  } catch (error) {
    return [runErrorOf(error)];
  }
}

/** Whatever was thrown, as an error of a run. */
export function runErrorOf(error: unknown): RunError {
  const { message = String(error), stack = message } = Object(error) as Partial<Error>;
  return { message, stack };
}

/** The run of this process. Undefined between runs, in a worker, and where the runner is not ours. */
export function mainRun(): MainRun | undefined {
  return jestState.mainRun as MainRun | undefined;
}

/** Makes `run` the run of this process. The returned function restores the one before. */
export function enterRun(run: MainRun): () => void {
  const before = jestState.mainRun;
  jestState.mainRun = run;
  return () => {
    jestState.mainRun = before;
  };
}

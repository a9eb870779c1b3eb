import { state } from './state';

/** Whether it is Jest that begins to listen to something: to the end of the process, when it has reported all. */
export function isCalledByJest(): boolean {
  // Those who only wait for what happens now are further down.
  return /^ +at (?!async ).*[\\/]jest-cli[\\/]/m.test(new Error().stack ?? '');
}

/** What goes wrong when a run ends: told as a failure of the file at `path`, or of the one that ended last. */
export interface RunError {
  readonly message: string;
  readonly stack: string;
  readonly path?: string;
}

/**
 * Why a run ends: all is done; Jest's `--bail` has had enough; somebody interrupts it, or Jest ends it before its time
 * (watch mode); what ran it failed.
 */
export type EndReason = 'done' | 'bail' | 'interrupt' | 'error';

/** Called once when a run ends. What it rejects with is told as well. */
export type AtEnd = (why: EndReason) => Promise<readonly RunError[]>;

/** One run of test files, in the process that Jest was started in. With several kinds of runners one follows another. */
export class MainRun {
  /** How many files were started. */
  started = 0;
  /** How many files are over, with those that never started because the run was stopped. */
  finished = 0;
  /** Why it ends, or has ended; undefined while files are started. */
  reason: EndReason | undefined;
  readonly #atEnd: AtEnd[] = [];
  readonly #atStop: ((why: EndReason) => void)[] = [];
  /** The last of those who end it; undefined before anybody has. */
  #ending: Promise<readonly RunError[]> | undefined;
  #over = false;

  constructor(
    /** The files run in this process. */
    readonly inBand: boolean,
    readonly total: number,
    /** Tells of errors that come when nobody can be told as a rule any more. */
    readonly reportLate: (errors: readonly RunError[]) => void,
    /** A file says that it will end when it is told to. */
    readonly fileStarted: (hello: { readonly path: string }) => void = () => {},
  ) {}

  /** Whether anything has to be ended. */
  get hasEnds(): boolean {
    return this.#ending !== undefined || this.#atEnd.length > 0;
  }

  /** Whether no more files are started, though there may be some. */
  get isStopped(): boolean {
    return this.reason !== undefined && this.reason !== 'done';
  }

  /** Calls `fn` when the run ends; what was registered last is called first. At once where all is over. */
  atEnd(fn: AtEnd): void {
    if (this.#over) void call(fn, this.reason ?? 'done').then(this.reportLate);
    else this.#atEnd.push(fn);
  }

  /** Calls `fn` when no more files are started before all are done. */
  atStop(fn: (why: EndReason) => void): void {
    if (this.isStopped) fn(this.reason!);
    else this.#atStop.push(fn);
  }

  /** No more files are started. */
  stop(why: EndReason): void {
    if (this.reason !== undefined) return;
    this.reason = why;
    for (const fn of this.#atStop.splice(0)) fn(why);
  }

  /**
   * Ends all that was registered, one after the other, and gives what went wrong: to the first who asks. Who asks again
   * waits for that, and ends what came since.
   */
  end(why: EndReason): Promise<readonly RunError[]> {
    this.reason ??= why;
    const { reason } = this;
    this.#ending = this.#ending?.then(() => this.#endAll(reason)) ?? this.#endAll(reason);
    return this.#ending;
  }

  /** The last word: nobody will end it again. */
  close(): void {
    this.#over = true;
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

/** An error of a run, of whatever was thrown. */
export function runErrorOf(error: unknown): RunError {
  const { message = String(error), stack = message } = Object(error) as Partial<Error>;
  return { message, stack };
}

/** The run of this process; undefined in a worker, where the runner is not ours, and between runs. */
export function mainRun(): MainRun | undefined {
  return state.mainRun as MainRun | undefined;
}

/** Makes it the run of this process. What it returns puts back the one before. */
export function enterRun(run: MainRun): () => void {
  const before = state.mainRun;
  state.mainRun = run;
  return () => {
    state.mainRun = before;
  };
}

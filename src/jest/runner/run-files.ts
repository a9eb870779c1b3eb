import type { Test } from 'jest-runner';
import { after, cancel, turn } from '../../process/real-time';
import type { RunError } from '../process/main-run';

/** How long in ms to await a file that has not announced itself: its worker starts, or its environment is not ours. */
const UNANNOUNCED = 2000;

/** The files of one run: which have started, run, and ended. */
export class RunFiles {
  /** The files without a result. */
  readonly #open: Set<Test>;
  readonly #started = new Set<Test>();
  readonly #running = new Set<Test>();
  /** The files whose results Jest is handling. */
  readonly #reporting = new Set<Test>();
  /** The files whose environment is ours, so that they end when interrupted. */
  readonly #ours = new Set<string>();
  #waiters: (() => void)[] = [];
  /** The file that ended last. */
  #last: Test | undefined;
  /** The same for each project. */
  readonly #lasts = new Map<string, Test>();

  constructor(readonly all: readonly Test[]) {
    this.#open = new Set(all);
  }

  start(test: Test): void {
    this.#started.add(test);
    this.#running.add(test);
  }

  wasStarted(test: Test): boolean {
    return this.#started.has(test);
  }

  /** Whether an event is the end of a file. Otherwise a worker adds a failure to a file that has ended. */
  isEnd(test: Test): boolean {
    return this.#open.has(test);
  }

  /** A file has ended, and its result has arrived. */
  ended(test: Test): void {
    this.#last = test;
    this.#lasts.set(test.context.config.id, test);
    this.#running.delete(test);
    this.#wake();
  }

  /** Passes on the result of a file; the run is not idle until that is done. */
  async report(test: Test, fn: () => unknown): Promise<void> {
    this.#reporting.add(test);
    try {
      await fn();
    } finally {
      this.#reporting.delete(test);
      this.#wake();
    }
  }

  /** The result of a file is handled. Gives whether it was the last one. */
  settle(test: Test): boolean {
    this.#open.delete(test);
    return this.#open.size === 0;
  }

  /** The paths of the files that run. */
  get running(): string[] {
    return [...this.#running].map(({ path }) => path);
  }

  /** A file has announced itself: its environment is ours. */
  markOurs(path: string): void {
    this.#ours.add(path);
  }

  get anyOurs(): boolean {
    return this.#ours.size > 0;
  }

  isOurs({ path }: Test): boolean {
    return this.#ours.has(path);
  }

  /** The file that fails for an error. Projects may share files. */
  of({ path, project }: RunError): Test | undefined {
    const at = this.all.filter(test => test.path === path);
    const exact = at.find(({ context }) => context.config.id === project) ?? at[0];
    return exact ?? this.#lasts.get(project ?? '') ?? this.#last;
  }

  /** Resolves when no file runs and Jest has all results. Does not await files of other environments in workers. */
  async idle(inBand: boolean): Promise<void> {
    // A file may be about to start.
    await turn();
    let patient = true;
    const timer = after(UNANNOUNCED, () => {
      patient = false;
      this.#wake();
    });
    const isAwaited = ({ path }: Test): boolean => inBand || patient || this.#ours.has(path);
    while (this.#reporting.size > 0 || [...this.#running].some(isAwaited))
      await new Promise<void>(resolve => this.#waiters.push(resolve));
    cancel(timer);
  }

  #wake(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}

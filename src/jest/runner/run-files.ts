import type { Test } from 'jest-runner';
import { after, cancel, turn } from '../../process/real-time';

/** How long in ms a file is waited for of which nothing has been heard: its worker starts, or it has no Loops. */
const UNHEARD = 2000;

/** What becomes of the files of one run. */
export class RunFiles {
  /** Those without a result. */
  readonly #open: Set<Test>;
  readonly #started = new Set<Test>();
  /** Those that run. */
  readonly #running = new Set<Test>();
  /** Those whose result Jest is being told. */
  readonly #told = new Set<Test>();
  /** The files whose environment is ours, so that they end when they are told to. */
  readonly #heard = new Set<string>();
  #waiters: (() => void)[] = [];
  /** The last one that ended. */
  last: Test | undefined;

  constructor(readonly all: readonly Test[]) {
    this.#open = new Set(all);
  }

  start(test: Test): void {
    this.#started.add(test);
    this.#running.add(test);
  }

  /** Whether Jest's runner tells of the end of one of its files: a worker may add failures to others. */
  isEnd(test: Test): boolean {
    return this.#open.has(test);
  }

  wasStarted(test: Test): boolean {
    return this.#started.has(test);
  }

  /** It does not run any more; its result is there. */
  ended(test: Test): void {
    this.last = test;
    this.#running.delete(test);
    this.#wake();
  }

  /** Tells somebody of its result; the run goes on when that is done. */
  async report(test: Test, fn: () => unknown): Promise<void> {
    this.#told.add(test);
    try {
      await fn();
    } finally {
      this.#told.delete(test);
      this.#wake();
    }
  }

  /** All is done with it. Gives whether it was the last. */
  settle(test: Test): boolean {
    this.#open.delete(test);
    return this.#open.size === 0;
  }

  /** Those that run. */
  get running(): string[] {
    return [...this.#running].map(({ path }) => path);
  }

  /** Its environment is ours: it is going to end. */
  markOurs(path: string): void {
    this.#heard.add(path);
  }

  /** Whether anything has been heard. */
  get anyOurs(): boolean {
    return this.#heard.size > 0;
  }

  isOurs({ path }: Test): boolean {
    return this.#heard.has(path);
  }

  /** The file at that path. */
  at(path: string | undefined): Test | undefined {
    return this.all.find(test => test.path === path);
  }

  /** When those that run have ended and Jest knows of it. Others than ours are not waited for, if they are elsewhere. */
  async idle(inBand: boolean): Promise<void> {
    // One may be about to start.
    await turn();
    let patient = true;
    const timer = after(UNHEARD, () => {
      patient = false;
      this.#wake();
    });
    const isAwaited = ({ path }: Test): boolean => inBand || patient || this.#heard.has(path);
    while (this.#told.size > 0 || [...this.#running].some(isAwaited))
      await new Promise<void>(resolve => this.#waiters.push(resolve));
    cancel(timer);
  }

  #wake(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}

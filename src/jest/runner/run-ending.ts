import type { TestEvents, TestWatcher } from 'jest-runner';
import { processState } from '../../process/process-state';
import { exitInterrupted, exitSoon } from '../interrupt/exit-interrupted';
import type { Workers } from '../interrupt/workers';
import { embedding } from '../process/embedding';
import { type EndReason, type MainRun, type RunError, runErrorOf } from '../process/main-run';
import type { RunFiles } from './run-files';

/** Where the errors of a run go. */
interface RunReports {
  /** Adds a failure of a file to the results. Undefined where Jest does not listen. */
  readonly addFailure: ((data: TestEvents['test-file-failure']) => void | Promise<void>) | undefined;
  /** Prints errors that Jest does not report any more, and fails the process. */
  print(errors: readonly RunError[]): void;
}

/** Ends a run: regularly, or before its time for a bail, an interrupt or a failure of Jest's runner. */
export class RunEnding {
  #windingUp: Promise<void> | undefined;
  #isInterrupted = false;

  constructor(
    readonly run: MainRun,
    readonly files: RunFiles,
    readonly workers: Workers,
    readonly watcher: TestWatcher,
    readonly reports: RunReports,
  ) {}

  /** Ends the run before its time, once: starts no further files, interrupts those that run, then ends the rest. */
  windUp(why: EndReason): Promise<void> {
    // A rejection comes from a reporter. The caller has a failed test or an interrupt to report and must go on.
    this.#windingUp ??= this.#stop(why).catch((error: unknown) => this.reports.print([runErrorOf(error)]));
    return this.#windingUp;
  }

  /** A signal asks the process to end. */
  async interrupt(): Promise<void> {
    const { watcher } = this;
    if (this.#isInterrupted) return;
    this.#isInterrupted = true;
    processState.observer?.emit({ type: 'interrupt' });
    const program = embedding();
    if (program === undefined) exitInterrupted();
    else program.interrupted();
    await this.windUp('interrupt');
    // From now on Jest drops results.
    await watcher.setState({ interrupted: true });
    if (watcher.isWatchMode()) exitSoon();
  }

  /** Tears down what lives as long as the run, and reports the errors. */
  async end(why: EndReason): Promise<void> {
    const { run, files, watcher, reports } = this;
    const errors = await run.end(why);
    const { addFailure } = reports;
    const failures: unknown[] = [];
    for (const error of errors) {
      const test = files.of(error);
      if (test === undefined || addFailure === undefined || watcher.isInterrupted()) reports.print([error]);
      else
        try {
          await addFailure([test, { message: error.message, stack: error.stack }]);
        } catch (failure) {
          // From a reporter. The other errors are reported all the same.
          failures.push(failure);
        }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #stop(why: EndReason): Promise<void> {
    const { run, files, workers } = this;
    run.stop(why);
    if (run.hasEnds || files.anyOurs) {
      workers.interrupt(run, files.running);
      await files.idle(run.inBand);
    }
    await this.end(why);
  }
}

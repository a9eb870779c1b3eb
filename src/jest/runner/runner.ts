import TestRunner, {
  type Test,
  type TestEvents,
  type TestRunnerOptions,
  type TestWatcher,
  type UnsubscribeFn,
} from 'jest-runner';
import { makeAddress } from '../../channel/address';
import { awaitExit, exitInterrupted, exitSoon } from '../interrupt/exit-interrupted';
import { onInterrupt, Workers } from '../interrupt/signals';
import { type EndReason, enterRun, MainRun, type RunError, runErrorOf } from '../process/main-run';
import { WORKER_EVENT, type WorkerMessage } from '../process/messages';
import { announceRun } from '../process/run-address';
import { failProcess } from '../report/fail-run';
import { enterMainSide, mainSide } from '../shared/find-main-side';
import { loadSides } from '../shared/find-worker-side';
import type { MainSide } from '../shared/main-side';
import { WANTED } from '../shared/requests';
import { explainLoadError } from './explain-load-error';
import { RunFiles } from './run-files';
import { wrapWatcher } from './run-watcher';

type End = 'test-file-success' | 'test-file-failure';
type Listener<Name extends keyof TestEvents> = (data: TestEvents[Name]) => void | Promise<void>;

/** A run under way. */
interface Current {
  readonly run: MainRun;
  readonly files: RunFiles;
  /** Jest's own. */
  readonly watcher: TestWatcher;
  /** The processes that run files. */
  readonly workers: Workers;
  windingUp?: Promise<void>;
  isInterrupted?: boolean;
}

/**
 * Jest's runner, which also ends what lives as long as the run: when the last file is done and before its worker ends,
 * before `--bail` ends the process, and when somebody interrupts the run. Jest waits for it, and tells what goes wrong.
 */
export default class LoopRunner extends TestRunner {
  #current: Current | undefined;
  readonly #jests = new Map<keyof TestEvents, unknown>();
  #failedTests = 0;

  override async runTests(tests: Test[], watcher: TestWatcher, options: TestRunnerOptions): Promise<void> {
    const files = new RunFiles(tests);
    const workers = new Workers();
    const hear = ({ path, pid, interrupted }: WorkerMessage): void => {
      if (interrupted && pid !== undefined) workers.markInterrupted(pid);
      if (path === undefined) return;
      files.markOurs(path);
      if (pid !== undefined) workers.started(path, pid);
      // It was about to start when the run was stopped.
      if (run.isStopped) workers.interrupt(run, [path]);
    };
    const run = new MainRun(options.serial, tests.length, errors => this.#print(errors), hear);
    const current: Current = { run, files, watcher, workers };
    this.#current = current;
    const address = makeAddress();
    const makeMain = (): MainSide =>
      new (loadSides().MainSide)({
        address,
        configOf: project => tests.find(test => test.context.config.id === project)!.context.config,
        atEnd: end => run.atEnd(end),
        atStop: stop => run.atStop(stop),
      });
    const leave = [
      enterRun(run),
      enterMainSide(makeMain),
      announceRun({ pid: process.pid, address: address.address, token: address.token }),
      // Nobody waits for this. Where it fails, workers do not reach it, and the end of the run says why.
      this.#onMessage(WANTED, async () =>
        mainSide()
          ?.listen()
          .catch(() => {}),
      ),
      this.#onMessage(WORKER_EVENT, async ([hello]) => hear(hello as WorkerMessage)),
      onInterrupt(() => void this.#interrupt(current), workers, watcher.isWatchMode()),
      super.on('test-file-start', ([test]) => {
        run.started++;
        files.start(test);
      }),
    ];
    let failed = true;
    try {
      const own = wrapWatcher(watcher, run, () => this.#windUp(current, 'interrupt'));
      await super.runTests(tests, own, options);
      failed = false;
    } finally {
      try {
        await this.#end(current, failed ? 'error' : 'done');
      } finally {
        run.close();
        for (const each of leave.reverse()) each();
        this.#current = undefined;
      }
    }
  }

  /** What Jest listens to is passed on in its time: the end of a file may be the end of the run. */
  override on<Name extends keyof TestEvents>(name: Name, listener: Listener<Name>): UnsubscribeFn {
    const isEnd = name === 'test-file-success' || name === 'test-file-failure';
    if (!isEnd || this.#jests.has(name)) return super.on(name, listener);
    this.#jests.set(name, listener);
    const off = super.on(name, data =>
      this.#ended(name as End, data as TestEvents[End], () => listener(data)),
    );
    return () => {
      off();
      this.#jests.delete(name);
    };
  }

  /** What a worker sends while it runs a file. */
  #onMessage(name: string, listener: (data: unknown[]) => Promise<void>): UnsubscribeFn {
    return super.on(name as keyof TestEvents, listener as unknown as Listener<keyof TestEvents>);
  }

  async #ended(name: End, data: TestEvents[End], tell: () => unknown): Promise<void> {
    const current = this.#current;
    const [test] = data;
    if (name === 'test-file-failure') explainLoadError(data[1] as TestEvents['test-file-failure'][1]);
    if (current === undefined || !current.files.isEnd(test)) {
      await tell();
      return;
    }
    const { files, run, workers } = current;
    files.ended(test);
    // Somebody has told that worker alone to end, and it has left out tests: that must be no run that has passed.
    if (!run.isStopped && workers.wasInterrupted(test.path)) void this.#interrupt(current);
    try {
      if (!this.#isLeftOut(current, name, test)) {
        const bails = this.#isBail(current, name, data);
        if (bails) await this.#windUp(current, 'bail');
        await files.report(test, tell);
        if (bails) await awaitExit();
      }
    } catch (error) {
      // A reporter's: Jest's runner is going to end the workers.
      if (!run.inBand && run.hasEnds) await this.#windUp(current, 'error');
      throw error;
    } finally {
      run.finished++;
      if (files.settle(test)) await this.#end(current, 'done');
    }
  }

  /** Whether Jest is not told of the end of a file: nobody let it start, or run to its end. */
  #isLeftOut({ run, files }: Current, name: End, test: Test): boolean {
    if (!run.isStopped) return false;
    if (!files.wasStarted(test) || run.reason === 'bail') return true;
    // A terminal interrupts all processes at once: also workers that have nothing of ours.
    return name === 'test-file-failure' && run.reason === 'interrupt' && !files.isOurs(test);
  }

  /**
   * Whether Jest is going to exit when it is told of this result.
   * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/TestScheduler.ts#L434-L457
   */
  #isBail({ run, files, watcher }: Current, name: End, data: TestEvents[End]): boolean {
    const { bail } = this._globalConfig;
    if (name !== 'test-file-success' || bail === 0 || watcher.isInterrupted()) return false;
    const [, { leaks, numFailingTests }] = data as TestEvents['test-file-success'];
    if (!leaks) this.#failedTests += numFailingTests;
    if (watcher.isWatchMode() || this.#failedTests < bail) return false;
    return run.hasEnds || files.anyOurs;
  }

  /** Ends the run before its time: no more files, those that run are told to end, and then all the rest. Once. */
  #windUp(current: Current, why: EndReason): Promise<void> {
    // What comes out is a reporter's: who waits has a test or an interrupt to tell of.
    current.windingUp ??= this.#stop(current, why).catch((error: unknown) =>
      this.#print([runErrorOf(error)]),
    );
    return current.windingUp;
  }

  /** Somebody wants the process to end. */
  async #interrupt(current: Current): Promise<void> {
    const { watcher } = current;
    if (current.isInterrupted) return;
    current.isInterrupted = true;
    exitInterrupted();
    await this.#windUp(current, 'interrupt');
    // Jest leaves out what it is told after this.
    await watcher.setState({ interrupted: true });
    if (watcher.isWatchMode()) exitSoon();
  }

  async #stop(current: Current, why: EndReason): Promise<void> {
    const { run, files, workers } = current;
    run.stop(why);
    if (run.hasEnds || files.anyOurs) {
      workers.interrupt(run, files.running);
      await files.idle(run.inBand);
    }
    await this.#end(current, why);
  }

  async #end({ run, files, watcher }: Current, why: EndReason): Promise<void> {
    const errors = await run.end(why);
    const tell = this.#jests.get('test-file-failure') as Listener<'test-file-failure'> | undefined;
    const failures: unknown[] = [];
    for (const error of errors) {
      const test = files.at(error.path) ?? files.last;
      if (test === undefined || tell === undefined || watcher.isInterrupted()) this.#print([error]);
      else
        try {
          await tell([test, { message: error.message, stack: error.stack }]);
        } catch (failure) {
          // A reporter's. The other errors are told all the same.
          failures.push(failure);
        }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Nobody shows it any more. */
  #print(errors: readonly RunError[]): void {
    for (const { stack } of errors) process.stderr.write(`\n${stack}\n\n`);
    if (errors.length > 0) failProcess(this._globalConfig.testFailureExitCode);
  }
}

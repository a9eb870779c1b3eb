import type { Test, TestEvents, TestRunnerOptions, TestWatcher, UnsubscribeFn } from 'jest-runner';
import { makeAddress } from '../../channel/address';
import { trackContexts } from '../../context/storage';
import { awaitExit } from '../interrupt/exit-interrupted';
import { onInterrupt } from '../interrupt/signals';
import { Workers } from '../interrupt/workers';
import { isPlainPlace } from '../observe/list-place';
import { startWithCompileCache } from '../process/compiled/compile-cache';
import { embedding } from '../process/embedding';
import { enterRun, MainRun, type RunError } from '../process/main-run';
import { RACES_EVENT, type RaceCounts, WORKER_EVENT, type WorkerMessage } from '../process/messages';
import { announceRun } from '../process/run-address';
import { drawSeed } from '../process/run-seed';
import { failProcess } from '../report/fail-run';
import { enterMainSide, mainSide } from '../shared/find-main-side';
import { loadSides } from '../shared/find-worker-side';
import type { MainSide } from '../shared/main-side';
import { WANTED } from '../shared/requests';
import { bailCountOf } from './bail';
import { checkFactories } from './check-factories';
import { countRaces } from './count-races';
import { endBeforeExit } from './end-before-exit';
import { explainLoadError } from './explain-load-error';
import { EXTENDED, jestRunner } from './jest-runner';
import { observeRun } from './observe-run';
import { prepareSides } from './prepare-sides';
import { RunEnding } from './run-ending';
import { RunFiles } from './run-files';
import { wrapWatcher } from './run-watcher';

const JestRunner = jestRunner();

type End = 'test-file-success' | 'test-file-failure';
type Listener<Name extends keyof TestEvents> = (data: TestEvents[Name]) => void | Promise<void>;

/**
 * Jest's runner, which also tears down what lives as long as the run: after the last file and before its worker ends,
 * before `--bail` ends the process, and when the run is interrupted. Jest waits for it and reports what goes wrong.
 * See docs/scopes.md.
 */
export default class LoopRunner extends JestRunner {
  /** @internal */
  static readonly [EXTENDED] = JestRunner;
  /** The run under way. */
  #ending: RunEnding | undefined;
  /** Jest's own listeners for the ends of files. */
  readonly #listeners = new Map<keyof TestEvents, unknown>();
  readonly #bail = bailCountOf(this._globalConfig);

  /** Runs test files, as Jest's own does. */
  override async runTests(tests: Test[], watcher: TestWatcher, options: TestRunnerOptions): Promise<void> {
    if (options.serial) trackContexts();
    else checkFactories(tests);
    const files = new RunFiles(tests);
    const workers = new Workers();
    const onMessage = ({ path, pid, interrupted }: WorkerMessage): void => {
      if (interrupted && pid !== undefined) workers.markInterrupted(pid);
      if (path === undefined) return;
      files.markOurs(path);
      if (pid !== undefined) workers.started(path, pid);
      // It was about to start when the run was stopped.
      if (run.isStopped) workers.interrupt(run, [path]);
    };
    const run = new MainRun(options.serial, tests.length, errors => this.#print(errors), onMessage);
    observeRun(run, tests, watcher, this._globalConfig);
    if (process.env.JEST_LOOP_RACES) countRaces(run);
    const ending = this.#endingOf(run, files, workers, watcher);
    this.#ending = ending;
    if (this.#bail.wasReached) run.stop('bail');
    const leave = [
      enterRun(run),
      this.#announce(run, tests),
      this.#onEvent(WORKER_EVENT, async ([message]) => onMessage(message as WorkerMessage)),
      this.#onEvent(RACES_EVENT, async ([counts]) => run.races?.add(counts as RaceCounts)),
      onInterrupt(() => void ending.interrupt(), workers, watcher.isWatchMode()),
      super.on('test-file-start', ([test]) => {
        run.started++;
        files.start(test);
      }),
      this.#guardExit(ending),
    ];
    let failed = true;
    try {
      const ours = wrapWatcher(watcher, run, () => ending.windUp('interrupt'));
      const start = (): Promise<void> => super.runTests(tests, ours, options);
      // A thread loads no module before Jest's own.
      const hasProcesses = !options.serial && !this._globalConfig.workerThreads;
      const running = hasProcesses ? startWithCompileCache(start) : start();
      if (!options.serial && !watcher.isWatchMode()) prepareSides(tests);
      await running;
      failed = false;
    } finally {
      try {
        await ending.end(failed ? 'error' : 'done');
      } finally {
        run.close();
        for (const each of leave.reverse()) each();
        this.#ending = undefined;
      }
    }
  }

  /** Jest's listeners for the end of a file are called later: the end of a file may be the end of the run. */
  override on<Name extends keyof TestEvents>(name: Name, listener: Listener<Name>): UnsubscribeFn {
    const isEnd = name === 'test-file-success' || name === 'test-file-failure';
    if (!isEnd || this.#listeners.has(name)) return super.on(name, listener);
    this.#listeners.set(name, listener);
    const off = super.on(name, data =>
      this.#fileEnded(name as End, data as TestEvents[End], () => listener(data)),
    );
    return () => {
      off();
      this.#listeners.delete(name);
    };
  }

  /** Lets workers reach this process for fixtures that live here. The returned function ends that. */
  #announce(run: MainRun, tests: readonly Test[]): () => void {
    const address = makeAddress();
    const makeMain = (): MainSide =>
      new (loadSides(tests[0]?.context.config).MainSide)({
        address,
        configOf: project => tests.find(test => test.context.config.id === project)!.context.config,
        atEnd: end => run.atEnd(end),
        atStop: stop => run.atStop(stop),
      });
    const leave = [
      enterMainSide(makeMain),
      announceRun({ pid: process.pid, address: address.address, token: address.token, seed: drawSeed() }),
      // Ignored here: workers then fail to connect, and the end of the run reports why.
      this.#onEvent(WANTED, async () =>
        mainSide()
          ?.listen()
          .catch(() => {}),
      ),
    ];
    return () => {
      for (const each of leave.reverse()) each();
    };
  }

  #endingOf(run: MainRun, files: RunFiles, workers: Workers, watcher: TestWatcher): RunEnding {
    const listeners = this.#listeners;
    return new RunEnding(run, files, workers, watcher, {
      get addFailure() {
        return listeners.get('test-file-failure') as Listener<'test-file-failure'> | undefined;
      },
      print: errors => this.#print(errors),
    });
  }

  /** After failures in a runner that is not ours, Jest exits for a bail before we expect it. */
  #guardExit(ending: RunEnding): () => void {
    if (this._globalConfig.bail < 2) return () => {};
    return endBeforeExit(
      () => ending.run.hasEnds,
      () => ending.windUp('bail'),
    );
  }

  /** Listens to an event that a worker emits while it runs a file. */
  #onEvent(name: string, listener: (data: unknown[]) => Promise<void>): UnsubscribeFn {
    return super.on(name as keyof TestEvents, listener as unknown as Listener<keyof TestEvents>);
  }

  async #fileEnded(name: End, data: TestEvents[End], passOn: () => unknown): Promise<void> {
    const ending = this.#ending;
    const [test] = data;
    if (name === 'test-file-failure') explainLoadError(data[1] as TestEvents['test-file-failure'][1]);
    if (ending === undefined || !ending.files.isEnd(test)) {
      await passOn();
      return;
    }
    const { files, run, workers } = ending;
    files.ended(test);
    // Only this worker was interrupted, and has skipped tests: such a run must not pass.
    if (!run.isStopped && workers.wasInterrupted(test.path)) void ending.interrupt();
    try {
      if (!isLeftOut(ending, name, test) && !isPlainPlace(name, data)) {
        const bails = this.#bails(ending, name, data);
        if (bails) await ending.windUp('bail');
        await files.report(test, passOn);
        run.onFileEnd?.();
        if (bails && embedding() === undefined) await awaitExit();
      }
    } catch (error) {
      // From a reporter: Jest's runner will end the workers.
      if (!run.inBand && run.hasEnds) await ending.windUp('error');
      throw error;
    } finally {
      run.finished++;
      if (files.settle(test)) await ending.end('done');
    }
  }

  /** Whether Jest will exit for `--bail` once it has this result, and something has to be torn down before. */
  #bails({ run, files, watcher }: RunEnding, name: End, data: TestEvents[End]): boolean {
    if (name !== 'test-file-success') return false;
    const [, result] = data as TestEvents['test-file-success'];
    const limit = embedding()?.bail ?? this._globalConfig.bail;
    return this.#bail.isReached(result, limit, watcher) && (run.hasEnds || files.anyOurs);
  }

  /** For errors that Jest does not report any more. */
  #print(errors: readonly RunError[]): void {
    for (const { stack } of errors) process.stderr.write(`\n${stack}\n\n`);
    if (errors.length > 0) failProcess(this._globalConfig.testFailureExitCode);
  }
}

/** Whether Jest does not get the end of a file, which did not start or was cut short. */
function isLeftOut({ run, files }: RunEnding, name: End, test: Test): boolean {
  if (!run.isStopped) return false;
  if (!files.wasStarted(test) || run.reason === 'bail') return true;
  // A terminal interrupts all processes, also workers whose files are not ours.
  return name === 'test-file-failure' && run.reason === 'interrupt' && !files.isOurs(test);
}

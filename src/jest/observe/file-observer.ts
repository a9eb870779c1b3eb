import { observedError, observedErrors, outcomeOf } from '../../observe/events/error-text';
import type { Id, Outcome } from '../../observe/events/event';
import { MARK } from '../../observe/events/marks';
import type { Observer } from '../../observe/events/observer';
import { hasFixtures } from '../collect/plan';
import type { DescribeBlock, Hook, State, TestEntry } from '../file/circus';
import type { RunStream } from '../process/run-stream';
import { SourceMaps } from '../report/source-maps';
import { attemptNumber } from '../run/attempt/attempt-errors';
import { failsAssertionCount } from '../run/attempt/test-info';
import type { FileObserved, FileRun, RunningAttempt } from '../run/state/file-run';
import { joinStream } from './join-stream';
import { listFile } from './list-file';
import { PlannedFile } from './plan-events';
import { TestPlaces } from './test-places';
import { titlesAround, titlesOf } from './titles';
import { watchMaps } from './watch-maps';

/** In ms. A test that took so long has a place, wherever it stands. */
const LONG = 50;

const NONE: readonly Id[] = [];

/** An attempt under way. */
interface RunningTest {
  readonly id: Id;
  readonly begin: number;
  readonly at: string | undefined;
  /** Undefined for a test that uses nothing. */
  attempt: RunningAttempt | undefined;
}

/** Reports what happens in one test file. */
export class FileObserver implements FileObserved {
  readonly #run: FileRun;
  readonly #stream: RunStream;
  /** Tests that a run that only plans has emitted. */
  #planned: ReadonlySet<TestEntry> = new Set();
  readonly #observer: Observer;
  readonly #file: Id;
  /** Whether tests run several times. */
  readonly #races: boolean;
  readonly #tests = new Map<TestEntry, RunningTest>();
  readonly #hooks = new Map<Hook, Id>();
  readonly #places: TestPlaces;
  /** A retry may yet pass. */
  readonly #failed = new Set<TestEntry>();
  /** The first attempts of tests that may run again. */
  readonly #first = new Map<TestEntry, Id>();
  #ran = false;
  #errors: readonly unknown[] | undefined;
  #maps: SourceMaps | undefined;
  /** The block of the last test that has begun. */
  #block: { readonly of: DescribeBlock | undefined; readonly titles: readonly string[] } = {
    of: undefined,
    titles: [],
  };
  readonly #unwatch = watchMaps(files => {
    this.#maps = new SourceMaps(files);
  });

  constructor(run: FileRun, stream: RunStream) {
    const { info, rootDir, testPath } = run.testFile;
    const { name } = Object((info.config as { displayName?: { name?: string } }).displayName) as {
      name?: string;
    };
    this.#run = run;
    this.#races = run.testFile.options.races !== undefined;
    this.#places = new TestPlaces(run);
    run.testFile.testRegistered = outer => this.#places.capture(outer);
    this.#stream = stream;
    this.#observer = joinStream(stream);
    this.#file = this.#observer.idOf(info);
    this.#observer.emit({
      type: 'file-begin',
      file: this.#file,
      path: testPath,
      root: rootDir,
      project: name,
    });
  }

  collected(state: State): Promise<void> | undefined {
    this.#run.testFile.realm.findSource = frame => this.#maps?.find(frame);
    const { mode } = this.#stream;
    return mode === 'record' ? undefined : this.#leaveOutAll(mode, state);
  }

  attemptMade(attempt: RunningAttempt): void {
    // Jest 30.0 calls concurrent tests before it starts them.
    const running = this.#begun(attempt.entry);
    if (!hasWork(attempt)) return;
    running.attempt = attempt;
    this.#observer.name(attempt, running.id);
  }

  timeLimit(attempt: RunningAttempt): void {
    const running = this.#tests.get(attempt.entry);
    if (running !== undefined) this.#observer.name(attempt, running.id);
  }

  hookRuns(hook: Hook, owner: object): void {
    const id = this.#hooks.get(hook);
    if (id !== undefined) this.#observer.name(owner, id);
  }

  bodyBegins(attempt: object): void {
    this.#observer.phase(MARK.bodyBegin, this.#observer.idOf(attempt));
  }

  bodyEnded(attempt: object): void {
    this.#observer.phase(MARK.bodyEnd, this.#observer.idOf(attempt));
  }

  ran(): void {
    this.#errors = this.#run.testFile.state.unhandledErrors;
  }

  ended(error?: { readonly error: unknown }): void {
    this.#unwatch();
    const errors = error === undefined ? (this.#errors ?? []) : [error.error];
    // Without the end of its run, the file could not be loaded.
    const failed = this.#failed.size > 0 || errors.length > 0 || this.#errors === undefined;
    this.#observer.emit({
      type: 'file-end',
      file: this.#file,
      outcome: failed ? 'failed' : this.#ran ? 'passed' : 'skipped',
      errors: observedErrors(errors),
    });
    this.#observer.flush();
  }

  testAdded(): void {
    // A row of `.each`, of which one call registers many.
    const { registering } = this.#run.testFile;
    if (registering !== undefined && registering.place === undefined) this.#places.capture(registering.outer);
  }

  testBegins(entry: TestEntry): void {
    this.#begun(entry);
  }

  #begun(entry: TestEntry): RunningTest {
    const known = this.#tests.get(entry);
    if (known !== undefined) return known;
    const attempt = attemptNumber(entry);
    const at = this.#places.early(entry);
    const id = this.#observer.newId();
    const running: RunningTest = { id, begin: this.#observer.now(), at, attempt: undefined };
    this.#tests.set(entry, running);
    const around = this.#around(entry);
    if (attempt === 1 && !entry.concurrent && at === undefined)
      this.#observer.testBegins(id, this.#file, around, entry.name);
    else
      this.#observer.emit({
        type: 'test-begin',
        test: id,
        file: this.#file,
        titles: [...around, entry.name],
        attempt: attempt > 1 ? attempt : undefined,
        first: attempt > 1 ? this.#first.get(entry) : undefined,
        concurrent: entry.concurrent ? true : undefined,
        at,
      });
    return running;
  }

  /** The titles of the blocks around a test: the same array for the tests of a block that follow each other. */
  #around({ parent }: TestEntry): readonly string[] {
    if (parent !== this.#block.of) this.#block = { of: parent, titles: titlesAround(parent) };
    return this.#block.titles;
  }

  testEnds(entry: TestEntry): void {
    const running = this.#tests.get(entry);
    if (running === undefined) return;
    this.#tests.delete(entry);
    const { id, begin, at, attempt } = running;
    const { errors, status, concurrent } = entry;
    const { jest } = this.#run.testFile;
    const miscounted = !concurrent && errors.length === 0 && failsAssertionCount(jest.expect);
    const outcome: Outcome =
      errors.length > 0 || miscounted ? 'failed' : status === 'skip' ? 'skipped' : 'passed';
    if (outcome === 'failed') this.#failed.add(entry);
    else if (this.#failed.size > 0) this.#failed.delete(entry);
    if (outcome !== 'skipped') this.#ran = true;
    const mayRunAgain = outcome === 'failed' || this.#races;
    if (mayRunAgain && !this.#first.has(entry)) this.#first.set(entry, id);
    const placed = at !== undefined || (outcome !== 'failed' && this.#observer.now() - begin < LONG);
    const uses = attempt && this.#observer.usesOf(attempt);
    if (placed && outcome === 'passed') this.#observer.testPassed(id, this.#file, uses ?? NONE);
    else
      this.#observer.emit({
        type: 'test-end',
        test: id,
        file: this.#file,
        outcome,
        errors: observedErrors(errors),
        at: placed ? undefined : this.#places.of(entry),
        uses,
      });
  }

  async #leaveOutAll(mode: 'plan' | 'list', state: State): Promise<void> {
    const { folder, names } = this.#stream;
    if (mode === 'list') listFile(this.#run, this.#observer, names);
    else if (this.#run.plan !== undefined) {
      const file = new PlannedFile(this.#run, state, this.#observer, folder);
      this.#planned = await file.emit((entry, outcome) => this.leftOut(entry, outcome));
    }
    leaveOut(state.rootDescribeBlock);
  }

  /** A test that does not run. */
  leftOut(entry: TestEntry, outcome: 'skipped' | 'todo'): void {
    if (this.#planned.has(entry) || this.#stream.mode === 'list') return;
    const test = this.#observer.newId();
    this.#observer.emit({ type: 'test-end', test, file: this.#file, outcome, titles: titlesOf(entry) });
  }

  hookBegins(hook: Hook): void {
    const { endHooks, testFile } = this.#run;
    // Ours, and those with which Jest resets mocks.
    if (endHooks.has(hook) || testFile.foreignHooks.has(hook)) return;
    const id = this.#observer.newId();
    this.#hooks.set(hook, id);
    const { serialTest } = this.#run;
    const test = serialTest === undefined ? undefined : this.#tests.get(serialTest);
    this.#observer.emit({
      type: 'hook-begin',
      hook: id,
      file: this.#file,
      kind: hook.type,
      test: hook.type.endsWith('Each') ? test?.id : undefined,
    });
  }

  hookEnds(hook: Hook, failure?: { readonly error: unknown }): void {
    const id = this.#hooks.get(hook);
    if (id === undefined) return;
    this.#hooks.delete(hook);
    this.#observer.emit({
      type: 'hook-end',
      hook: id,
      outcome: outcomeOf(failure === undefined ? [] : [failure.error]),
      error: failure && observedError(failure.error),
    });
  }
}

/** Whether anything may refer to an attempt by its id: to name each one costs more than a small test can bear. */
function hasWork({ plan: { needs } }: RunningAttempt): boolean {
  return hasFixtures(needs) || needs.hooked;
}

/** Lets no test and no hook run. Tests with a mistake stay: they report it, and run nothing of the user's. */
function leaveOut(block: DescribeBlock): void {
  block.hooks.length = 0;
  for (const child of block.children) {
    if (child.type === 'describeBlock') leaveOut(child);
    else if (child.errors.length === 0 && child.mode !== 'todo') child.mode = 'skip';
  }
}

import { reasonIn, skipReasons } from '../../../errors/tests/skipped-tests';
import * as path from '../../../node/path';
import {
  type DescribeBlock,
  type Event,
  fullNameOf,
  isEnabled,
  type State,
  type TestEntry,
  testsOf,
} from '../../file/circus';
import type { TestFile } from '../../file/test-file';
import { originalOf } from '../../report/error-copies';

/**
 * The tests that `request.skip` skips. It throws, so that what is up goes down as after a failure; once a test is over,
 * its error is taken back, and Jest reports the test as skipped unless there is another error.
 */
export class Skips {
  /** What skipped a test, by Jest's test; for a test under way or over. */
  readonly #errors = new Map<TestEntry, unknown>();

  /** The modes of tests and todos that a beforeAll hook skips. */
  readonly #modes = new Map<TestEntry, TestEntry['mode']>();

  constructor(readonly testFile: TestFile) {}

  /** Sees each event of circus, after circus itself. */
  onEvent(event: Event): void {
    switch (event.name) {
      case 'test_start':
        this.#started(event.test);
        break;
      case 'test_skip':
        takeOut(event.test.errors);
        this.#restoreMode(event.test);
        break;
      case 'test_fn_failure':
        this.note(event.test, event.error);
        break;
      case 'hook_failure':
        if (event.hook.type === 'beforeAll')
          this.#skipBlock(event.describeBlock ?? event.hook.parent, event.error);
        // Its tests are over.
        else if (event.hook.type === 'afterAll') takeOut((this.testFile.state as State).unhandledErrors);
        else if (event.test) this.note(event.test, event.error);
    }
  }

  /** The body of a test threw. Jest takes it for the failure that `test.failing` expects. */
  note(entry: TestEntry, error: unknown): void {
    if (!isSkip(error)) return;
    this.#errors.set(entry, error);
    // A skipped test need not reach its `expect`.
    const { expect } = this.testFile.jest as { expect?: { setState?(state: object): void } };
    expect?.setState?.({ expectedAssertionsNumber: null, isExpectingAssertions: false });
  }

  /** Whether a test with these errors so far counts as skipped. */
  countsAsSkipped(entry: TestEntry, errors: readonly unknown[]): boolean {
    const left = [...errors];
    return (takeOut(left) !== undefined || this.#errors.has(entry)) && left.length === 0;
  }

  /** A test is over, teardown included. */
  testDone(entry: TestEntry): void {
    if (entry.errors.length > 0) {
      const error = takeOut(entry.errors);
      if (error !== undefined && !this.#errors.has(entry)) this.#errors.set(entry, error);
    }
    if (!this.#errors.has(entry)) return;
    if (entry.errors.length === 0) entry.status = 'skip';
    // Another attempt may follow.
    else this.#errors.delete(entry);
  }

  /** The file is over: shows the reasons. */
  fileDone(): void {
    const reasons = [...this.#errors].flatMap(([entry, error]): [string, string][] => {
      const reason = reasonIn(String((Object(error) as Partial<Error>).message));
      return reason === undefined ? [] : [[fullNameOf(entry), reason]];
    });
    if (reasons.length > 0) this.#show(reasons);
  }

  /** Jest's reporters leave out a file whose tests are all skipped, and what its console has buffered. */
  #show(reasons: readonly (readonly [string, string])[]): void {
    const { realm, state, testPath, rootDir } = this.testFile;
    const console = realm.console();
    const isLeftOut = [...testsOf((state as State).rootDescribeBlock)].every(
      ({ status }) => status === 'skip',
    );
    if (isLeftOut && console.constructor.name === 'BufferedConsole')
      process.stderr.write(`\n${skipReasons(reasons, path.relative(rootDir, testPath))}\n`);
    else withoutFrames(() => console.info(skipReasons(reasons)));
  }

  /** A beforeAll hook skips the tests of its block: no hook that runs for them alone is called. */
  #skipBlock(block: DescribeBlock, error: unknown): void {
    if (!isSkip(error)) return;
    for (const entry of testsOf(block)) {
      // For Jest a todo is a test to run: the hooks of its block would be called for it.
      const isTodo = entry.mode === 'todo';
      if (!isTodo && !isEnabled(entry, this.testFile.state as State)) continue;
      this.#modes.set(entry, entry.mode);
      if (!isTodo) this.#errors.set(entry, error);
      entry.mode = 'skip';
    }
  }

  /** Jest has given a test the errors of its beforeAll hooks. */
  #started(entry: TestEntry): void {
    if (this.#modes.get(entry) === 'todo') {
      takeOut(entry.errors);
      this.#restoreMode(entry);
      return;
    }
    // The block runs once more, for a retry.
    if (entry.status === 'skip' && !this.#modes.has(entry)) this.#errors.delete(entry);
    if (!this.#modes.has(entry) || entry.errors.every(each => isSkip(errorIn(each)))) return;
    this.#restoreMode(entry);
    this.#errors.delete(entry);
  }

  /** It may run after all, or in a retry of its block. */
  #restoreMode(entry: TestEntry): void {
    if (!this.#modes.has(entry)) return;
    entry.mode = this.#modes.get(entry);
    this.#modes.delete(entry);
  }
}

/** Removes what only skips. Returns the first of these. */
function takeOut(errors: unknown[]): unknown {
  const found = errors.find(each => isSkip(errorIn(each)));
  if (found === undefined) return undefined;
  errors.splice(0, errors.length, ...errors.filter(each => !isSkip(errorIn(each))));
  return errorIn(found);
}

/** Jest keeps an error with the place of its test. */
function errorIn(each: unknown): unknown {
  return Array.isArray(each) ? (each as unknown[])[0] : each;
}

/** Whether an error, perhaps one from another process, skips. */
export function isSkip(error: unknown): boolean {
  return (Object(originalOf(error)) as { readonly code?: unknown }).code === 'ERR_SKIPPED';
}

/** Jest's console shows the frame of each call: the user's, or none. */
function withoutFrames(call: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

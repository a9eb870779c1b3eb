import * as promises from '../../node/promise';
import { hookAdded, testAdded } from '../collect/note-registered';
import type { Event, State, TestEntry } from '../file/circus';
import { reportMoreErrors, testDone } from '../run/attempt/end-attempt';
import { describeDone, describeStarted } from '../run/describe-blocks';
import { endFile } from '../run/end-file';
import { startFile } from '../run/start-file';
import type { FileRun } from '../run/state/file-run';

/** What the environment itself does at an event. */
export interface EventHooks {
  /** Jest's globals exist; the test file's code has not run yet. */
  setup(): void;
  /** All tests are registered. */
  collected(): void;
}

/**
 * Passes each event of circus to the modules that handle it. `others` is what the base environment's handler returned.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/README.md#overview
 */
export function handleEvent(
  run: FileRun,
  event: Event,
  state: State,
  others: void | Promise<void>,
  hooks: EventHooks,
): void | Promise<void> {
  if (run.observed === undefined) return handle(run, event, state, others, hooks);
  run.observed.before(event);
  const handled = handle(run, event, state, others, hooks);
  if (handled === undefined) run.observed.after(event);
  return handled?.then(() => run.observed?.after(event));
}

function handle(
  run: FileRun,
  event: Event,
  state: State,
  others: void | Promise<void>,
  hooks: EventHooks,
): void | Promise<void> {
  const { testFile } = run;
  run.interrupts.onEvent(event);
  switch (event.name) {
    case 'setup':
      testFile.state = state;
      testFile.runtimeGlobals = event.runtimeGlobals;
      hooks.setup();
      break;
    case 'add_test':
      testAdded(testFile, event, state);
      break;
    case 'add_hook':
      hookAdded(testFile, event, state);
      break;
    case 'run_start':
      startFile(run, state);
      hooks.collected();
      return after(others, run.observed?.collected(state));
    case 'run_describe_start':
      if (testFile.inUse) describeStarted(run, event.describeBlock);
      break;
    case 'test_start':
      if (!event.test.concurrent) run.serialTest = event.test;
      break;
    case 'test_fn_success':
    case 'test_fn_failure':
      reportMoreErrors(run, event.test);
      break;
    case 'test_done':
      return after(others, finishTest(run, event.test));
    case 'run_describe_finish':
      return after(others, describeDone(run, event.describeBlock));
    case 'run_finish':
      return finishFile(run, others);
  }
  return others;
}

function finishTest(run: FileRun, entry: TestEntry): Promise<void> | undefined {
  const ending = testDone(run, entry);
  if (ending !== undefined) return ending.then(() => run.interrupts.testDone(entry));
  run.interrupts.testDone(entry);
  return undefined;
}

function after(others: void | Promise<void>, ours: Promise<void> | undefined): void | Promise<void> {
  if (ours === undefined) return others;
  return promises.resolve(others).then(() => ours);
}

/** Tears down what is up, even if the base's own handler fails. */
async function finishFile(run: FileRun, others: void | Promise<void>): Promise<void> {
  try {
    await others;
  } finally {
    await endFile(run);
    run.interrupts.fileDone();
    run.testFile.info.ended = true;
  }
}

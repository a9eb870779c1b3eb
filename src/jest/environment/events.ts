import * as promises from '../../node/promise';
import { hookAdded, testAdded } from '../collect/note-registered';
import type { Event, State, TestEntry } from '../file/circus';
import { reportRaces } from '../process/report-races';
import { bodyDone, testDone } from '../run/attempt/end-attempt';
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
  /** Jest is about to report an error, perhaps by the place of its test or hook. */
  failing(error: unknown, place?: unknown): void;
  /** All tests have run, and the file's own teardown is over. */
  finished(): void;
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
  const { testFile, observed } = run;
  run.interrupts.onEvent(event);
  run.skips.onEvent(event);
  switch (event.name) {
    case 'setup':
      testFile.state = state;
      testFile.runtimeGlobals = event.runtimeGlobals;
      hooks.setup();
      break;
    case 'add_test':
      testAdded(testFile, event, state);
      observed?.testAdded();
      break;
    case 'add_hook':
      hookAdded(testFile, event, state);
      break;
    case 'run_start':
      if (testFile.importing === undefined) return startRun(run, state, others, hooks);
      return testFile.importing.then(() => startRun(run, state, others, hooks));
    case 'run_describe_start':
      if (testFile.inUse) describeStarted(run, event.describeBlock);
      break;
    case 'test_start':
      if (!event.test.concurrent) run.serialTest = event.test;
      break;
    case 'test_started':
      observed?.testBegins(event.test);
      break;
    case 'test_skip':
      observed?.leftOut(event.test, 'skipped');
      break;
    case 'test_todo':
      observed?.leftOut(event.test, 'todo');
      break;
    case 'hook_start':
      observed?.hookBegins(event.hook);
      break;
    case 'hook_success':
      observed?.hookEnds(event.hook);
      break;
    case 'test_fn_failure':
      hooks.failing(event.error, event.test.asyncError);
      return before(others, () => bodyDone(run, event.test));
    case 'test_fn_success':
      return before(others, () => bodyDone(run, event.test));
    case 'hook_failure':
      observed?.hookEnds(event.hook, event);
      hooks.failing(event.error, event.hook.asyncError);
      break;
    case 'error':
      hooks.failing(event.error);
      break;
    case 'test_done':
      return after(others, finishTest(run, event.test));
    case 'run_describe_finish':
      run.chaos?.describeDone(event.describeBlock);
      return after(others, describeDone(run, event.describeBlock));
    case 'run_finish':
      return finishFile(run, others, hooks);
  }
  return others;
}

/** Everything is declared. */
function startRun(
  run: FileRun,
  state: State,
  others: void | Promise<void>,
  hooks: EventHooks,
): void | Promise<void> {
  startFile(run, state);
  hooks.collected();
  return after(others, run.observed?.collected(state));
}

function finishTest(run: FileRun, entry: TestEntry): Promise<void> | undefined {
  const ending = testDone(run, entry);
  if (ending !== undefined) return ending.then(() => settle(run, entry));
  settle(run, entry);
  return undefined;
}

/** Reports to the main process what `--races` has done in this file. */
function reportRacesOf({ chaos, plan, options }: FileRun, races: number): void {
  const { searched = 0, failed = 0 } = chaos?.counts ?? {};
  const once = [...plan.tests].filter(
    ([{ status }, { markers }]) =>
      status === 'done' && (markers.loopScope ?? options.loopScope ?? 'test') !== 'test',
  );
  reportRaces({ races, searched, failed, once: once.length });
}

/** Teardown included, a test is over: decides whether it is reported as skipped, or run again. */
function settle({ skips, interrupts, chaos, observed }: FileRun, entry: TestEntry): void {
  skips.testDone(entry);
  interrupts.testDone(entry);
  if (chaos !== undefined) {
    chaos.testDone(entry, interrupts.active);
    // It may have changed the errors.
    interrupts.testDone(entry);
  }
  observed?.testEnds(entry);
}

function after(others: void | Promise<void>, ours: Promise<void> | undefined): void | Promise<void> {
  if (ours === undefined) return others;
  return promises.resolve(others).then(() => ours);
}

/** Begins ours only after the others: Jest gives up a file whose environment fails. */
function before(others: void | Promise<void>, ours: () => Promise<void> | undefined): void | Promise<void> {
  return others === undefined ? ours() : promises.resolve(others).then(ours);
}

/** Tears down what is up, even if the base's own handler fails. */
async function finishFile(run: FileRun, others: void | Promise<void>, hooks: EventHooks): Promise<void> {
  try {
    await others;
  } finally {
    await endFile(run);
    if (run.options.races !== undefined && run.testFile.inUse) reportRacesOf(run, run.options.races);
    run.interrupts.fileDone();
    run.skips.fileDone();
    run.testFile.info.ended = true;
    hooks.finished();
  }
  run.observed?.ran();
}

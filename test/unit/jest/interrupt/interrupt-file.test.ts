import type { Event, TestEntry } from '../../../../src/jest/file/circus';
import { type InterruptibleRun, Interrupts } from '../../../../src/jest/interrupt/interrupt-file';
import { makeError } from '../../support';

const abort = jest.fn();
let attempts: Map<unknown, unknown>;
let interrupts: Interrupts;
let unhandledErrors: unknown[];

beforeEach(() => {
  abort.mockReset();
  attempts = new Map();
  unhandledErrors = [];
  interrupts = new Interrupts({
    attempts,
    testFile: { makeError, state: { unhandledErrors } },
    scopes: { starting: () => [] },
  } as unknown as InterruptibleRun);
});

const own = (): void => {};
const makeTest = (): TestEntry =>
  ({ fn: own, mode: undefined, errors: [], status: 'done', failing: true }) as unknown as TestEntry;
const tell = (name: string, rest: object): void => interrupts.onEvent({ name, ...rest } as unknown as Event);

/** A test that runs; what it is ended with, when it is. */
function running(starting: readonly object[] = []): { test: TestEntry; attempt: Record<string, unknown> } {
  const test = makeTest();
  const attempt = { ended: false, stop: jest.fn(), guard: { abort }, scope: { starting: () => starting } };
  attempts.set(test, attempt);
  tell('test_start', { test });
  tell('test_started', { test });
  tell('test_fn_start', { test });
  return { test, attempt };
}
const error = (): Error => abort.mock.calls[0]![0];

test('what runs is ended: its function, and the set-ups for which it waits, but for those that failed', () => {
  const starts = { failed: false, abort: jest.fn() };
  const failed = { failed: true, abort: jest.fn() };
  const { test, attempt } = running([starts, failed]);
  interrupts.beforeAll = { abort: jest.fn() } as unknown as Interrupts['beforeAll'];
  interrupts.interrupt();
  interrupts.interrupt();
  expect(abort.mock.calls).toEqual([[expect.objectContaining({ code: 'ERR_INTERRUPTED' })]]);
  expect(starts.abort).toHaveBeenCalledTimes(1);
  expect(failed.abort).not.toHaveBeenCalled();
  expect(interrupts.beforeAll!.abort).toHaveBeenCalledTimes(1);
  // Nothing of it may have been there that could be told.
  expect(attempt.stop).toHaveBeenCalledWith(expect.objectContaining({ code: 'ERR_INTERRUPTED' }));
  expect(test.fn).toBe(own);
});

test('a test that was ended is skipped, if nothing else went wrong', () => {
  const { test } = running();
  interrupts.interrupt();
  test.errors = [[error(), new Error('its place')], 'Exceeded timeout of 5000 ms for a test.'];
  tell('test_fn_failure', { test, error: error() });
  interrupts.testDone(test);
  expect([test.status, test.errors]).toEqual(['skip', []]);
});

test.each([
  ['what its finally block throws', (): unknown[] => [Object.assign(error(), { cause: 'bad end' })]],
  ['what its teardown throws', (): unknown[] => [error(), 'bad end']],
])('%s fails it', (_, errors) => {
  const { test } = running();
  interrupts.interrupt();
  test.errors = errors();
  interrupts.testDone(test);
  expect([test.status, test.errors]).toEqual(['done', ['bad end']]);
});

test('a test whose body is over stays as it is', () => {
  const { test } = running();
  tell('test_fn_success', { test });
  interrupts.interrupt();
  interrupts.testDone(test);
  expect([test.status, abort.mock.calls]).toEqual(['done', []]);
});

test('so does one that is torn down within its function', () => {
  const { test, attempt } = running();
  attempt.ended = true;
  interrupts.interrupt();
  test.errors = ['bad end'];
  interrupts.testDone(test);
  expect([test.errors, abort.mock.calls]).toEqual([['bad end'], []]);
});

test('an interrupt that a fixture of the main process tells first is none of the failures', () => {
  const { test } = running();
  const { test: other } = running();
  const told = makeError({ code: 'ERR_INTERRUPTED', message: 'The test run was interrupted.' });
  test.errors = [told];
  tell('test_fn_failure', { test, error: told });
  interrupts.testDone(test);
  expect([test.status, test.errors, interrupts.active]).toEqual(['skip', [], true]);
  expect(abort).toHaveBeenCalled();
  interrupts.testDone(other);
  expect(other.status).toBe('skip');
});

test('nothing begins any more, and what cleans up does', () => {
  interrupts.interrupt();
  const [next, todo] = [makeTest(), { ...makeTest(), mode: 'todo' }];
  tell('test_start', { test: next });
  tell('test_start', { test: todo });
  const describeBlock = { mode: undefined };
  tell('run_describe_start', { describeBlock });
  expect([next.mode, todo.mode, describeBlock.mode]).toEqual(['skip', 'todo', 'skip']);
  const hooks = ['beforeEach', 'beforeAll', 'afterEach', 'afterAll'].map(type => ({ type, fn: own }));
  for (const hook of hooks) tell('hook_start', { hook });
  expect(hooks.map(({ fn }) => fn === own)).toEqual([false, false, true, true]);
  const begun = makeTest();
  tell('test_fn_start', { test: begun });
  expect([begun.fn === own, begun.failing]).toEqual([false, false]);
});

test('a failed test that waited for its retry is told with what it had failed for', () => {
  const { test } = running();
  tell('test_fn_failure', { test, error: 'bad luck' });
  test.errors = ['bad luck'];
  interrupts.testDone(test);
  interrupts.interrupt();
  // Jest starts it anew.
  test.errors = [];
  tell('test_start', { test });
  test.status = 'skip';
  interrupts.fileDone();
  expect([test.status, test.errors]).toEqual(['done', ['bad luck']]);
});

test('errors of the file that only say so are left out', () => {
  running();
  interrupts.interrupt();
  unhandledErrors.push([error(), 'its place'], 'bad end');
  interrupts.fileDone();
  expect(unhandledErrors).toEqual(['bad end']);
});

test('a file that nobody interrupts is left alone', () => {
  const { test } = running();
  test.errors = ['bad luck'];
  interrupts.testDone(test);
  interrupts.fileDone();
  expect([test.fn === own, test.mode, test.failing, test.errors]).toEqual([
    true,
    undefined,
    true,
    ['bad luck'],
  ]);
});

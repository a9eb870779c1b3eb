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

const original = (): void => {};
const makeTest = (): TestEntry =>
  ({ fn: original, mode: undefined, errors: [], status: 'done', failing: true }) as unknown as TestEntry;
const emit = (name: string, rest: object): void => interrupts.onEvent({ name, ...rest } as unknown as Event);

/** A running test and its attempt. */
function running(starting: readonly object[] = []): { test: TestEntry; attempt: Record<string, unknown> } {
  const test = makeTest();
  const attempt = {
    bodyEnded: false,
    stop: jest.fn(),
    invocation: { abort },
    scope: { starting: () => starting },
  };
  attempts.set(test, attempt);
  emit('test_start', { test });
  emit('test_started', { test });
  emit('test_fn_start', { test });
  return { test, attempt };
}
const error = (): Error => abort.mock.calls[0]![0];

test('an interrupt aborts a running function, and the set-ups it waits for unless they have failed', () => {
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
  // In case nothing of it runs that could be aborted.
  expect(attempt.stop).toHaveBeenCalledWith(expect.objectContaining({ code: 'ERR_INTERRUPTED' }));
  expect(test.fn).toBe(original);
});

test('an aborted test is skipped if nothing else went wrong', () => {
  const { test } = running();
  interrupts.interrupt();
  test.errors = [[error(), new Error('its place')], 'Exceeded timeout of 5000 ms for a test.'];
  emit('test_fn_failure', { test, error: error() });
  interrupts.testDone(test);
  expect([test.status, test.errors]).toEqual(['skip', []]);
});

test.each([
  ['an error in its finally block', (): unknown[] => [Object.assign(error(), { cause: 'bad end' })]],
  ['an error in its teardown', (): unknown[] => [error(), 'bad end']],
])('%s fails an aborted test', (_, errors) => {
  const { test } = running();
  interrupts.interrupt();
  test.errors = errors();
  interrupts.testDone(test);
  expect([test.status, test.errors]).toEqual(['done', ['bad end']]);
});

test('a test whose body has ended keeps its outcome', () => {
  const { test } = running();
  emit('test_fn_success', { test });
  interrupts.interrupt();
  interrupts.testDone(test);
  expect([test.status, abort.mock.calls]).toEqual(['done', []]);
});

test('so does a test that is torn down inside its function', () => {
  const { test, attempt } = running();
  attempt.bodyEnded = true;
  interrupts.interrupt();
  test.errors = ['bad end'];
  interrupts.testDone(test);
  expect([test.errors, abort.mock.calls]).toEqual([['bad end'], []]);
});

test('an interrupt that a fixture of the main process reports first is no failure', () => {
  const { test } = running();
  const { test: other } = running();
  const reported = makeError({ code: 'ERR_INTERRUPTED', message: 'The test run was interrupted.' });
  test.errors = [reported];
  emit('test_fn_failure', { test, error: reported });
  interrupts.testDone(test);
  expect([test.status, test.errors, interrupts.active]).toEqual(['skip', [], true]);
  expect(abort).toHaveBeenCalled();
  interrupts.testDone(other);
  expect(other.status).toBe('skip');
});

test('nothing starts any more except what cleans up', () => {
  interrupts.interrupt();
  const [next, todo] = [makeTest(), { ...makeTest(), mode: 'todo' }];
  emit('test_start', { test: next });
  emit('test_start', { test: todo });
  const describeBlock = { mode: undefined };
  emit('run_describe_start', { describeBlock });
  expect([next.mode, todo.mode, describeBlock.mode]).toEqual(['skip', 'todo', 'skip']);
  const hooks = ['beforeEach', 'beforeAll', 'afterEach', 'afterAll'].map(type => ({ type, fn: original }));
  for (const hook of hooks) emit('hook_start', { hook });
  expect(hooks.map(({ fn }) => fn === original)).toEqual([false, false, true, true]);
  const begun = makeTest();
  emit('test_fn_start', { test: begun });
  expect([begun.fn === original, begun.failing]).toEqual([false, false]);
});

test('a failed test that waits for its retry is reported with its errors', () => {
  const { test } = running();
  emit('test_fn_failure', { test, error: 'bad luck' });
  test.errors = ['bad luck'];
  interrupts.testDone(test);
  interrupts.interrupt();
  // Jest starts the retry.
  test.errors = [];
  emit('test_start', { test });
  test.status = 'skip';
  interrupts.fileDone();
  expect([test.status, test.errors]).toEqual(['done', ['bad luck']]);
});

test('errors of the file that only report the interrupt are left out', () => {
  running();
  interrupts.interrupt();
  unhandledErrors.push([error(), 'its place'], 'bad end');
  interrupts.fileDone();
  expect(unhandledErrors).toEqual(['bad end']);
});

test('without an interrupt a file is left alone', () => {
  const { test } = running();
  test.errors = ['bad luck'];
  interrupts.testDone(test);
  interrupts.fileDone();
  expect([test.fn === original, test.mode, test.failing, test.errors]).toEqual([
    true,
    undefined,
    true,
    ['bad luck'],
  ]);
});

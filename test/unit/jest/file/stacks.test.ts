import * as vm from 'node:vm';
import { trimStack } from '../../../../src/jest/file/stacks';

const OURS = `    at run (${require.resolve('../../../../src/jest/file/stacks')}:1:1)`;
const USER = '    at fn (/p/test/a.test.ts:3:7)';
const ASYNC = '    at async fn2 (/p/test/a.test.ts:9:3)';
const CIRCUS = '    at run (/p/node_modules/jest-circus/build/run.js:1:1)';
const NEW_PROMISE = '    at new Promise (<anonymous>)';

function trimmed(stack: unknown, message?: unknown): unknown {
  const error = { stack, message };
  trimStack(error);
  return error.stack;
}
const lines = (...all: string[]): string => all.join('\n');

test.each([
  OURS,
  CIRCUS,
  '    at C:\\p\\node_modules\\jest-circus\\build\\run.js:1:1',
  '    at async run (/p/node_modules/.pnpm/jest-circus@30.0.5/node_modules/jest-circus/build/run.js:1:1)',
  '    at bind (/p/node_modules/jest-each/build/index.js:1:1)',
  '    at Runtime._execModule (/p/node_modules/jest-runtime/build/index.js:1:1)',
  '    at runTest (/p/node_modules/jest-runner/build/runTest.js:1:1)',
  '    at async Emittery.emit (/p/node_modules/emittery/index.js:1:1)',
  '    at async TestScheduler.scheduleTests (/p/node_modules/@jest/core/build/index.js:1:1)',
  '    at Object.newLoader [as .js] (/p/node_modules/pirates/lib/index.js:1:1)',
  '    at node:internal/process/task_queues:95:5',
  '    at async node:internal/x:1:1',
  '    at process.processTimers (node:internal/timers:519:7)',
  '    at new Worker (node:internal/worker:1:1)',
  '    at async once (node:events:1:1)',
])('cut: %s', frame => {
  expect(trimmed(lines('Error: text', USER, frame, ASYNC), 'text')).toBe(lines('Error: text', USER, ASYNC));
});

test.each([
  USER,
  ASYNC,
  '    at /p/test/a.test.ts:1:1',
  '    at async Promise.all (index 0)',
  '    at Array.map (<anonymous>)',
  '    at helper (/p/node_modules/helper/index.js:1:1)',
  '    at jest-circus (/p/packages/jest-circus/run.js:1:1)',
  '    at eval (eval at fn (/p/a.ts:1:1), <anonymous>:1:1)',
])('kept: %s', frame => {
  expect(trimmed(lines('Error: text', frame, CIRCUS, USER, OURS), 'text')).toBe(
    lines(
      'Error: text',
      ...(frame.includes('async Promise') || frame.includes('Array') ? [] : [frame]),
      USER,
    ),
  );
  expect(trimmed(lines('Error: text', frame, USER, OURS), 'text')).toBe(lines('Error: text', frame, USER));
});

test('built-in functions go with their caller, or at the end with the function they call', () => {
  const each = '    at Array.forEach (<anonymous>)';
  expect(trimmed(lines('Error', USER, CIRCUS, NEW_PROMISE, CIRCUS))).toBe(lines('Error', USER));
  expect(trimmed(lines('Error', USER, NEW_PROMISE, each, USER, CIRCUS))).toBe(
    lines('Error', USER, NEW_PROMISE, each, USER),
  );
  expect(trimmed(lines('Error', CIRCUS, USER, each))).toBe(lines('Error', USER, each));
  expect(trimmed(lines('Error', CIRCUS, each))).toBe('Error');
  expect(trimmed(lines('Error', each))).toBe('Error');
});

test("without a frame of the user's only the message is left", () => {
  const message = 'one\n  at node:internal/two:1:1\nthree';
  expect(trimmed(lines(`Error: ${message}`, OURS, CIRCUS), message)).toBe(`Error: ${message}`);
});

test('a message keeps lines that look like frames', () => {
  const message = lines('Expected', CIRCUS, 'to be', '    at x (node:internal/y:1:1)');
  expect(trimmed(lines(`Error: ${message}`, CIRCUS, USER), message)).toBe(lines(`Error: ${message}`, USER));
});

test('after a change of the message, frames are those at the end of the stack', () => {
  const head = lines('Error: first', CIRCUS, 'of all');
  expect(trimmed(lines(head, OURS, USER, ''), 'other')).toBe(lines(head, USER, ''));
  expect(trimmed(lines('Error', CIRCUS, USER), '')).toBe(lines('Error', USER));
});

test('other lines after frames stay', () => {
  const cause = 'Cause: a line of other code';
  expect(trimmed(lines('Error: text', CIRCUS, USER, cause), 'text')).toBe(lines('Error: text', USER, cause));
});

test('causes and errors of an AggregateError, even in a circle', () => {
  const stack = lines('Error: text', USER, CIRCUS);
  const make = (more: object): Error => Object.assign(new Error('text'), { stack, ...more });
  const inner = make({});
  const cause = make({ errors: [inner, 'text', null] });
  const error = make({ cause });
  Object.assign(inner, { cause: error });
  trimStack(error);
  for (const each of [inner, cause, error]) expect(each.stack).toBe(lines('Error: text', USER));
});

test('the number of causes is limited', () => {
  const read = jest.fn();
  const endless = (): object => ({
    get cause() {
      read();
      return endless();
    },
  });
  trimStack(endless());
  expect(read.mock.calls.length).toBeLessThanOrEqual(100);
});

test('errors of another realm', () => {
  const error = vm.runInNewContext('new TypeError("text")') as Error;
  error.stack = lines('TypeError: text', USER, OURS);
  trimStack(error);
  expect(error.stack).toBe(lines('TypeError: text', USER));
  expect(Object.keys(error)).toEqual([]);
});

test('a real stack', () => {
  const error = new Error('text');
  const { stack } = error;
  expect(stack).toContain('jest-circus');
  trimStack(error);
  expect(error.stack).toMatch(/^Error: text\n {4}at .*stacks\.test\.ts:\d+:\d+\)?$/);
});

test('the stack is not written if nothing is cut', () => {
  const write = jest.fn();
  const error = {
    message: 'text',
    get stack() {
      return lines('Error: text', USER, '    at Array.map (<anonymous>)', ASYNC);
    },
    set stack(_) {
      write();
    },
  };
  trimStack(error);
  expect(write).not.toHaveBeenCalled();
});

test.each<[string, () => unknown]>([
  ['undefined', () => undefined],
  ['null', () => null],
  ['a text', () => 'text'],
  ['an object without a stack', () => ({})],
  ['a stack that is no text', () => ({ stack: 5 })],
  ['a frozen error', () => Object.freeze({ stack: lines('Error', CIRCUS) })],
  ['a stack that cannot be read', () => unreadable({}, 'stack')],
  ['errors that are no array', () => ({ errors: 'no array' })],
])('%s is left as it is', (_, make) => {
  expect(() => trimStack(make())).not.toThrow();
});

function unreadable(error: object, name: string): object {
  return Object.defineProperty(error, name, {
    get: () => {
      throw new Error('unreadable');
    },
  });
}

test('a cause that cannot be read does not keep the error from being trimmed', () => {
  const error = { stack: lines('Error', USER, CIRCUS) };
  trimStack(unreadable(error, 'cause'));
  expect(error.stack).toBe(lines('Error', USER));
});

test('an error that is frozen does not keep its cause from being trimmed', () => {
  const cause = { stack: lines('Error', USER, CIRCUS) };
  trimStack(Object.freeze({ stack: lines('Error', CIRCUS), cause }));
  expect(cause.stack).toBe(lines('Error', USER));
});

test('an anonymous function is shown by its place, also where Node applies source maps', () => {
  expect(
    trimmed(
      lines('Error: text', '    at <anonymous> (/p/a.ts:1:2)', '    at <anonymous> (/p/b (1).ts:3:4)', OURS),
      'text',
    ),
  ).toBe(lines('Error: text', '    at /p/a.ts:1:2', '    at /p/b (1).ts:3:4'));
});

test('an ES module is shown by its path', () => {
  const stack = lines(
    'Error: text',
    '    at fn (file:///p/%C3%A4%20b/a.mjs:1:2)',
    '    at async file:///p/c.mjs:3:4',
    '    at file://%/d.mjs:5:6',
    OURS,
  );
  expect(trimmed(stack, 'text')).toBe(
    lines(
      'Error: text',
      '    at fn (/p/ä b/a.mjs:1:2)',
      '    at async /p/c.mjs:3:4',
      '    at file://%/d.mjs:5:6',
    ),
  );
});

import { failureKey } from '../../../../src/jest/chaos/failure-key';

const thrown = (message: string, line: number): unknown[] => {
  const stack = `Error: ${message}\n    at test (/root/a.test.js:${line}:1)`;
  return [Object.assign(new Error(message), { stack }), new Error('of the test')];
};
const key = (listed: unknown): string => failureKey(listed, '/root');

test('the same text from the same place, whatever follows the first line', () => {
  expect(key(thrown('lost\nExpected: 1', 3))).toBe('lost a.test.js:3');
  expect(key(thrown('lost\nExpected: 2', 3))).toBe(key(thrown('lost\nExpected: 1', 3)));
  expect(key(thrown('lost (first seen in "a test")', 3))).toBe(key(thrown('lost', 3)));
  expect(key(thrown('lost', 4))).not.toBe(key(thrown('lost', 3)));
  expect(key(thrown('found', 3))).not.toBe(key(thrown('lost', 3)));
});

test('whatever was thrown', () => {
  expect(key(['a text', undefined])).toBe('a text ');
  expect(key([undefined])).toBe('undefined ');
  const hostile = {
    get message(): string {
      throw new Error('no');
    },
  };
  expect(key([hostile])).toBe('');
});

import { marked } from '../../../../src/jest/report/error-copies';

const heads = (error: Error): string => {
  const { message, stack } = marked({ Error }, error, '(in a hook)') as Error;
  return `${message} | ${stack?.split('\n')[0]}`;
};

test('a mark follows the message, in the stack as well', () => {
  expect(heads(new Error('boom'))).toBe('boom (in a hook) | Error: boom (in a hook)');
  expect(heads(new RangeError('a: b'))).toBe('a: b (in a hook) | RangeError: a: b (in a hook)');
});

test('a message that is part of the name of the error is told from it', () => {
  expect(heads(new Error('r'))).toBe('r (in a hook) | Error: r (in a hook)');
  expect(heads(new TypeError('Error'))).toBe('Error (in a hook) | TypeError: Error (in a hook)');
});

test('an empty message becomes the mark', () => {
  expect(heads(new Error(''))).toBe('(in a hook) | Error: (in a hook)');
  expect(heads(new TypeError())).toBe('(in a hook) | TypeError: (in a hook)');
});

test('a stack that shows the message alone keeps its form', () => {
  const error = Object.assign(new Error('boom'), { stack: 'boom\n    at fn (/p/a.test.ts:1:1)' });
  expect(heads(error)).toBe('boom (in a hook) | boom (in a hook)');
});

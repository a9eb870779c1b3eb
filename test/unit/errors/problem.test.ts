import { at, errorOf, explained, guideIn, layOut, type Problem } from '../../../src/errors/problem';
import { CancelledError } from '../../../src/loop/steps/cancellation';

test('a message says what happened, the facts, and the fix', () => {
  expect(layOut('It broke.', ['here', undefined, 'there'], 'fix it.')).toBe(
    'It broke.\n  here\n  there\n  To fix: fix it.',
  );
});

test('an unknown place is left out', () => {
  expect(at('a.test.ts:3')).toBe(' at a.test.ts:3');
  expect(at(undefined)).toBe('');
});

describe('an error of a problem', () => {
  const problem: Problem = { code: 'ERR_LOOP_NONE', message: 'It broke.\n    at the office' };
  const SEE = '\n  See: node_modules/jest-loop/docs/errors.md#err_loop_none';

  test('has the code, its message as it is, and in its stack the place in the guide before the frames', () => {
    const error = errorOf(problem);
    expect(error).toMatchObject(problem);
    expect(error.stack).toMatch(/^Error: It broke\.\n {4}at the office\n {2}See: \S+#err_loop_none\n {4}at /);
    expect(guideIn(error.stack)).toBe(SEE);
    expect(guideIn(new Error('other').stack)).toBe('');
  });

  test('keeps its class, also one whose name begins with the message', () => {
    const error = explained(new TypeError(problem.message), problem);
    expect(error).toBeInstanceOf(TypeError);
    const cancelled = explained(new CancelledError(), { code: 'ERR_CANCELLED', message: 'Cancelled' });
    expect(cancelled.stack).toMatch(/^CancelledError: Cancelled\n {2}See: \S+\n {4}at /);
    expect(error.stack!.startsWith(`TypeError: ${problem.message}${SEE}\n    at `)).toBe(true);
  });

  test('gets nothing where its stack does not show the message', () => {
    const error = explained(Object.assign(new Error('other'), { stack: 'other' }), problem);
    expect([error.stack, error.code]).toEqual(['other', 'ERR_LOOP_NONE']);
  });
});

import { explainMember } from '../../../../src/jest/report/hints';

const MISSING = 'test.step is not a function';

test('the error of a call that another runner has gets the fix', () => {
  expect((explainMember({ Error }, new TypeError(MISSING)) as Error).stack).toContain(
    'To fix: call the function',
  );
});

test('a difference that quotes such an error does not', () => {
  const error = new Error(`expect(received).toBe(expected)\n\n- nothing\n+ ${MISSING}`);
  const { stack } = error;
  expect(explainMember({ Error }, error)).toBe(error);
  expect(error.stack).toBe(stack);
});

import { explainCopy, explainMember } from '../../../../src/jest/report/hints';

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

describe('a method that is not there', () => {
  const stackOf = (error: Error): string =>
    (explainCopy({ Error }, error, name => name === 'db') as Error).stack!;

  test('of the value of a session fixture gets a fix', () => {
    expect(stackOf(new TypeError('db.ping is not a function'))).toContain(
      'To fix: "db" is a session fixture: ',
    );
  });

  test.each([
    new TypeError('other.ping is not a function'),
    new TypeError('db.client.ping is not a function'),
    new Error('db.ping is not a function'),
  ])('%s needs none', error => {
    expect(stackOf(error)).not.toContain('To fix');
  });
});

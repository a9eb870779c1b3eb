const { ran } = require('../record');

describe('one', () => {
  test('first', async ({ each }) => ran('one first', each));
  test('second', async ({ each, worker }) => ran('one second', each, worker));
});

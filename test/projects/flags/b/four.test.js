const { ran } = require('../record');

describe('four', () => {
  test('first', async ({ each }) => ran('four first', each));
  test('second', async ({ each, worker }) => ran('four second', each, worker));
});

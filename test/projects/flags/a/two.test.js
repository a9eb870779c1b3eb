const { ran } = require('../record');

describe('two', () => {
  test('first', async ({ each }) => ran('two first', each));
  test('second', async ({ each, worker }) => ran('two second', each, worker));
});

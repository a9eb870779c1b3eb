const { ran } = require('./record');

describe('five', () => {
  test('first', async ({ each }) => ran('five first', each));
  test('second', async ({ each, worker }) => ran('five second', each, worker));
});

const { ran } = require('./record');

describe('six', () => {
  test('first', async ({ each }) => ran('six first', each));
  test('second', async ({ each, worker }) => ran('six second', each, worker));
});

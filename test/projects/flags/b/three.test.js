const { ran } = require('../record');

describe('three', () => {
  test('first', async ({ each }) => ran('three first', each));
  test('second', async ({ each, worker }) => ran('three second', each, worker));
});

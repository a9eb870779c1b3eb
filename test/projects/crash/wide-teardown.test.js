const { log } = require('../log');

const failing = name =>
  async function* () {
    yield;
    log(`${name} down`);
    throw new Error(`${name} teardown failed`);
  };
fixture('file1', { scope: 'file' }, failing('file1'));
fixture('file2', { scope: 'file' }, failing('file2'));
fixture('block', { scope: 'describe' }, failing('block'));

describe('block', () => {
  test('passes all the same', ({ file1, file2, block }) => {});
});
test('so does the next', ({ file1 }) => {});

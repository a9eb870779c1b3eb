const { log, logged } = require('../log');

class OwnError extends Error {
  constructor(message) {
    super(message);
    this.name = 'OwnError';
    this.extra = 'kept';
  }
}
fixture('file', { scope: 'file' }, async (_, { onCleanup }) => {
  log('file tries');
  onCleanup(() => log('cleaned at once'));
  throw new OwnError('the file fixture failed');
});
fixture('block', { scope: 'describe' }, () => {
  log('block tries');
  throw 'a string';
});
fixture('dependant', { scope: 'file' }, ({ file }) => log('must not run'));

test('sees it first', ({ file }) => {});
test('shows where it was first seen', ({ file }) => {});
test('so is a dependant', ({ dependant }) => {});
test('it stays the same kind of error', async ({ request }) => {
  const error = await request.get('file').catch(error => error);
  expect(error).toBeInstanceOf(OwnError);
  expect(error).toBeInstanceOf(Error);
  expect(error.extra).toBe('kept');
  expect(error.message).toBe('the file fixture failed (first seen in "sees it first")');
});
describe('one block', () => {
  test('tries', ({ block }) => {});
  test('remembers', ({ block }) => {});
});
describe('another block', () => {
  test('tries anew', ({ block }) => {});
});

const { MemoryStore } = require('../src/memory-store');

// These tests do not need a database.
test.override('store', () => new MemoryStore());

class BrokenStore extends MemoryStore {
  async list() {
    throw new Error('The disk is on fire');
  }
}

test('details of a failure stay inside', { overrides: { store: new BrokenStore() } }, async ({
  api,
  failures,
}) => {
  const reply = await api.get('/bookmarks');
  expect(reply).toMatchObject({ status: 500, body: { error: 'Something went wrong' } });
  // Removed, so that `api` does not fail the test.
  expect(failures.splice(0)).toEqual([new Error('The disk is on fire')]);
});

test('the server survives it', async ({ api }) => {
  expect(await api.get('/bookmarks')).toMatchObject({ status: 200, body: { items: [] } });
});

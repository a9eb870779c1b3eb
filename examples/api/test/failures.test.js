const { MemoryStore } = require('../src/memory-store');

// No test in this file is about storage: it never starts a database.
test.override('store', () => new MemoryStore());

class BrokenStore extends MemoryStore {
  async list() {
    throw new Error('The disk is on fire');
  }
}

test('a failure is kept inside', { overrides: { store: new BrokenStore() } }, async ({ api, failures }) => {
  const reply = await api.get('/bookmarks');
  expect(reply).toMatchObject({ status: 500, body: { error: 'Something went wrong' } });
  // Taken, so that `api` does not fail the test for it.
  expect(failures.splice(0)).toEqual([new Error('The disk is on fire')]);
});

test('the server survives it', async ({ api }) => {
  expect(await api.get('/bookmarks')).toMatchObject({ status: 200, body: { items: [] } });
});

import { PostgresStore } from '../src/postgres-store';
import type { Bookmark } from '../src/store';

describe('a shelf of 25 bookmarks', () => {
  let filled = 0;

  const shelved = test
    // Filled once for this block and removed after it. Each test's `tx` is a savepoint inside.
    .extend('shelf', { scope: 'describe' }, async function* ({ database }) {
      filled += 1;
      const shelf: Bookmark[] = [];
      await database.begin();
      const store = new PostgresStore(database);
      const owner = await store.addUser('ada');
      for (let i = 1; i <= 25; i++) {
        shelf.push(await store.add(owner, { url: `https://example.com/${i}`, title: `No. ${i}`, tags: [] }));
      }
      yield shelf;
      await database.rollback();
    })
    // Tests that request it run once per size.
    .extend('pageSize', { params: [1, 10, 25, 100] }, (_, { param }) => param);

  shelved('can be read page by page', async ({ api, pageSize, shelf }) => {
    const read: Bookmark[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const { body } = await api.get(`/bookmarks?limit=${pageSize}&after=${after}`);
      expect(body.items.length).toBeLessThanOrEqual(pageSize);
      read.push(...body.items);
      after = body.next;
    }
    expect(read).toEqual(shelf);
  });

  shelved.each(['one test', 'another'])('can be emptied by %s', async (_, { api, shelf, tx }) => {
    expect((await api.get('/bookmarks?limit=100')).body.items).toEqual(shelf);
    await tx.query('delete from bookmarks');
    expect((await api.get('/bookmarks?limit=100')).body.items).toEqual([]);
  });

  shelved('was filled once', ({ shelf }) => {
    expect([filled, shelf.length]).toEqual([1, 25]);
  });
});

test('nothing is left after the block', async ({ api }) => {
  expect((await api.get('/bookmarks')).body.items).toEqual([]);
});

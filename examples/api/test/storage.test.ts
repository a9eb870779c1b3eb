import { MemoryStore } from '../src/memory-store';
import { PostgresStore } from '../src/postgres-store';
import { type Draft, DuplicateError, type Store } from '../src/store';

const JEST: Draft = { url: 'https://jestjs.io', title: 'Jest', tags: ['testing'] };
const NODE: Draft = { url: 'https://nodejs.org', title: 'Node.js', tags: ['runtime', 'javascript'] };

// Two stores: every test that uses one, directly or through `api`, runs with each.
test.override(
  'store',
  { params: ['memory', 'postgres'] as const },
  async (_, { get, param }): Promise<Store> => {
    // Requested at run time, not as a dependency, so that tests in memory start no database.
    return param === 'memory' ? new MemoryStore() : new PostgresStore(await get('tx'));
  },
);

test('returns what was added', async ({ store }) => {
  const ada = await store.addUser('ada');
  const added = await store.add(ada, JEST);
  expect(added).toEqual({ ...JEST, id: expect.any(Number), owner: ada.id });
  expect(await store.find(added.id)).toEqual(added);
});

test('finds a user by token', async ({ store }) => {
  const ada = await store.addUser('ada');
  const bob = await store.addUser('bob');
  expect(await store.findUser(bob.token)).toEqual(bob);
  expect(await store.findUser(ada.token)).toEqual(ada);
  expect(await store.findUser('unknown')).toBeUndefined();
});

test('stores a URL once per user', async ({ store }) => {
  const ada = await store.addUser('ada');
  const bob = await store.addUser('bob');
  await store.add(ada, JEST);
  await expect(store.add(ada, JEST)).rejects.toThrow(DuplicateError);
  await expect(store.add(bob, JEST)).resolves.toMatchObject(JEST);
});

test('adds all or nothing', async ({ store }) => {
  const ada = await store.addUser('ada');
  await expect(store.addAll(ada, [JEST, NODE, JEST])).rejects.toThrow(DuplicateError);
  expect(await store.list({ after: 0, limit: 10 })).toEqual([]);
  await expect(store.addAll(ada, [JEST, NODE])).resolves.toMatchObject([JEST, NODE]);
});

test('changes and removes only the given one', async ({ store }) => {
  const [jest, node] = await store.addAll(await store.addUser('ada'), [JEST, NODE]);
  await store.rename(node!.id, 'Node');
  await store.remove(jest!.id);
  expect(await store.list({ after: 0, limit: 10 })).toEqual([{ ...node, title: 'Node' }]);
});

test('can be served', async ({ api, store }) => {
  await store.addAll(await store.addUser('ada'), [JEST, NODE]);
  const { body } = await api.get('/bookmarks?tag=runtime');
  expect(body.items).toMatchObject([NODE]);
});

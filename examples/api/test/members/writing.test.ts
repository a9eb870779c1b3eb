import { Client } from '../client';

const JEST = { url: 'https://jestjs.io', title: 'Jest', tags: ['testing'] };
const NODE = { url: 'https://nodejs.org', title: 'Node.js', tags: [] };

test('adds a bookmark and says where it is', async ({ api, user }) => {
  const added = await api.post('/bookmarks', JEST);
  expect(added).toMatchObject({ status: 201, body: { ...JEST, owner: user?.id } });
  expect(await api.get(added.headers.get('location')!)).toMatchObject({ status: 200, body: added.body });
});

test('adds a URL once', async ({ api, tx }) => {
  await api.post('/bookmarks', JEST);
  expect(await api.post('/bookmarks', { ...JEST, title: 'Again' })).toMatchObject({
    status: 409,
    body: { error: 'You have a bookmark of https://jestjs.io already' },
  });
  expect(await tx.query('select title from bookmarks')).toEqual([{ title: 'Jest' }]);
});

test('imports a list', async ({ api }) => {
  const { body, status } = await api.post('/bookmarks/import', [JEST, NODE]);
  expect([status, body.items]).toEqual([201, [expect.objectContaining(JEST), expect.objectContaining(NODE)]]);
});

test('imports all of a list or nothing', async ({ api, tx }) => {
  await api.post('/bookmarks', JEST);
  // The server's transaction is a savepoint in the test's transaction.
  expect(await api.post('/bookmarks/import', [NODE, JEST])).toMatchObject({ status: 409 });
  expect(await tx.query('select title from bookmarks')).toEqual([{ title: 'Jest' }]);
});

// A bookmark to work on. Its dependencies (server, user, store, transaction) come up by themselves.
const edit = test.extend('added', async ({ api }) => (await api.post('/bookmarks', JEST)).body);

edit('renames a bookmark', async ({ added, api }) => {
  const renamed = { ...added, title: 'Jest 30' };
  expect(await api.patch(`/bookmarks/${added.id}`, { title: 'Jest 30' })).toMatchObject({ status: 200 });
  expect((await api.get('/bookmarks')).body.items).toEqual([renamed]);
});

edit('removes a bookmark', async ({ added, api }) => {
  expect(await api.delete(`/bookmarks/${added.id}`)).toMatchObject({ status: 204, body: undefined });
  expect(await api.get(`/bookmarks/${added.id}`)).toMatchObject({ status: 404 });
});

describe('another user', () => {
  // Uses the same server and the same transaction.
  const stranger = edit.extend('stranger', async ({ server, store }) => {
    return new Client(server.url, (await store.addUser('eve')).token);
  });

  stranger('can read a bookmark', async ({ added, stranger }) => {
    expect(await stranger.get(`/bookmarks/${added.id}`)).toMatchObject({ status: 200 });
  });

  stranger('cannot change it', async ({ added, api, stranger }) => {
    expect(await stranger.patch(`/bookmarks/${added.id}`, { title: 'Mine' })).toMatchObject({ status: 403 });
    expect(await stranger.delete(`/bookmarks/${added.id}`)).toMatchObject({ status: 403 });
    expect((await api.get(`/bookmarks/${added.id}`)).body).toEqual(added);
  });

  stranger('can add the same URL', async ({ added, stranger }) => {
    const { body, status } = await stranger.post('/bookmarks', JEST);
    expect(status).toBe(201);
    expect(body.owner).not.toBe(added.owner);
  });
});

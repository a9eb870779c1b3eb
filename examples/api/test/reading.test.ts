import { beforeEach } from 'jest-loop';

// Reading needs no login. The bookmarks go straight into the store.
beforeEach(async ({ store }) => {
  const ada = await store.addUser('ada');
  await store.add(ada, { url: 'https://jestjs.io', title: 'Jest', tags: ['testing'] });
  await store.add(ada, { url: 'https://nodejs.org', title: 'Node.js', tags: ['runtime', 'javascript'] });
});

test('lists all bookmarks, oldest first', async ({ api }) => {
  const { body, status } = await api.get('/bookmarks');
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [{ title: 'Jest' }, { title: 'Node.js' }], next: null });
});

test('lists by tag', async ({ api }) => {
  const { body } = await api.get('/bookmarks?tag=runtime');
  expect(body.items).toMatchObject([{ title: 'Node.js', tags: ['runtime', 'javascript'] }]);
});

test('shows one bookmark', async ({ api }) => {
  const { items } = (await api.get('/bookmarks')).body;
  expect(await api.get(`/bookmarks/${items[1].id}`)).toMatchObject({ status: 200, body: items[1] });
});

test('does not reveal tokens', async ({ api }) => {
  const { body } = await api.get('/bookmarks');
  expect(JSON.stringify(body)).not.toContain('token');
});

test.each([
  ['GET', '/', 404],
  ['GET', '/bookmarks/999999', 404],
  ['GET', '/bookmarks/first', 404],
  ['PUT', '/bookmarks', 405],
  ['POST', '/bookmarks', 401],
  ['POST', '/bookmarks/import', 401],
  ['DELETE', '/bookmarks/1', 401],
] as const)('answers %s %s with %i', async (method, path, status, { api }) => {
  const reply = await api.send(method, path);
  expect(reply).toMatchObject({ status, body: { error: expect.any(String) } });
});

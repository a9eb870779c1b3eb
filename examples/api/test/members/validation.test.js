const { MemoryStore } = require('../../src/memory-store');

const VALID = { url: 'https://jestjs.io', title: 'Jest', tags: ['testing'] };

// Refused bookmarks are not stored, so a store in memory will do. This directory's `user` is added to it.
test.override('store', () => new MemoryStore());

test.each`
  field      | value                             | problem
  ${'url'}   | ${undefined}                      | ${'must be an http or https address'}
  ${'url'}   | ${'jestjs.io'}                    | ${'must be an http or https address'}
  ${'url'}   | ${'javascript:alert(1)'}          | ${'must be an http or https address'}
  ${'title'} | ${''}                             | ${'must be a text of 1 to 120 characters'}
  ${'title'} | ${7}                              | ${'must be a text of 1 to 120 characters'}
  ${'tags'}  | ${'testing'}                      | ${'must be at most 5 words in lower case'}
  ${'tags'}  | ${['Testing']}                    | ${'must be at most 5 words in lower case'}
  ${'tags'}  | ${['a', 'b', 'c', 'd', 'e', 'f']} | ${'must be at most 5 words in lower case'}
  ${'owner'} | ${1}                              | ${'is not known'}
`('refuses $field = $value', async ({ field, problem, value }, { api, store }) => {
  const reply = await api.post('/bookmarks', { ...VALID, [field]: value });
  expect(reply).toMatchObject({ status: 422, body: { problems: { [field]: problem } } });
  expect(await store.list({ after: 0, limit: 10 })).toEqual([]);
});

test('reports all problems of a list at once', async ({ api }) => {
  const { body } = await api.post('/bookmarks/import', [
    VALID,
    { ...VALID, url: '' },
    { ...VALID, title: '' },
  ]);
  expect(Object.keys(body.problems)).toEqual(['1.url', '2.title']);
});

test.each([
  ['a body that is no JSON', '{"url":', 400],
  ['an empty body', '', 400],
  ['a body that is too long', JSON.stringify('x'.repeat(20_000)), 413],
  ['a list where one is expected', '[]', 422],
  ['a title that is too long', JSON.stringify({ ...VALID, title: 'x'.repeat(121) }), 422],
])('refuses %s', async (_, body, status, { api }) => {
  expect(await api.send('POST', '/bookmarks', body)).toMatchObject({ status });
});

test.each(['limit=0', 'limit=101', 'limit=many', 'after=-1', 'after=1.5'])(
  'refuses a page of ?%s',
  async (query, { api }) => {
    expect(await api.get(`/bookmarks?${query}`)).toMatchObject({
      status: 422,
      body: { error: 'Invalid page' },
    });
  },
);

fixture('db', 1);
const helper = async request => {
  return await request.get('dbb');
};

test('by a helper of a test', async ({ request }) => {
  await helper(request);
});
fixture('f', async (_, { get }) => {
  await null;
  return get('nope');
});
test('by a fixture', ({ f }) => {});
describe('by a hook', () => {
  beforeAll(async ({ request }) => {
    await request.get('narrow');
  });
  fixture('narrow', {}, () => 1);
  test('a test', () => {});
});

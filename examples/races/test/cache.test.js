const { Cache, FixedCache } = require('../src/cache');

test.each([
  ['broken', Cache],
  ['fixed', FixedCache],
])('a %s cache loads a user once', async (_, Kind) => {
  let loads = 0;
  const cache = new Kind(async id => {
    loads++;
    await new Promise(resolve => setTimeout(resolve, 20));
    return { id, name: 'Ada' };
  });
  const header = cache.get(1);
  // The sidebar opens when the header has usually been drawn.
  const sidebar = new Promise(resolve => setTimeout(() => resolve(cache.get(1)), 20));
  expect((await header).name).toBe('Ada');
  expect((await sidebar).name).toBe('Ada');
  expect(loads).toBe(1);
});

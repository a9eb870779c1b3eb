fixture('db', 'db');

test('options at the end', ({ db }) => {}, { timeout: 500 });
test('a text', async ({ db }) => {}, '500');
test.each([1])('a negative one for %i', (_, { db }) => {}, -1);
test('none', { tags: ['slow'] }, () => {}, 0);
test('for ever', ({ db }) => {}, Infinity);
test("Jest's alone", () => {}, { timeout: 500 });
describe('a hook', () => {
  beforeEach(({ db }) => {}, { timeout: 500 });
  test('of a test', () => {});
});

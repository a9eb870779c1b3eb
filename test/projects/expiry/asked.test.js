const never = () => new Promise(() => {});
const sleeping = { timeout: 20 };

fixture('db', 'db');
fixture('slow', { timeout: 80 }, never);
fixture('asks', { timeout: 20 }, async (_, request) => request.get('slow'));
test('waits for request.get', sleeping, async ({ request }) => {
  await request.get('slow');
});
test('a fixture that waits for request.get', ({ asks }) => {});
describe('a hook', () => {
  beforeAll(async ({ request }) => {
    await request.get('wide');
  }, 20);
  fixture('wide', { scope: 'describe', timeout: 80 }, never);
  test('that waits for request.get', () => {});
});

test('done is meant as fixtures', async f => f.db, 20);
test('also in a function', async function (fixtures) {
  await fixtures.db;
}, 20);
test.each([1])('also in row %i', async (_, f) => f.db, 20);
describe('in a hook', () => {
  beforeEach(async f => f.db, 20);
  test('as well', () => {});
});
test('done is done', done => done.unknown, 20);
test('an async generator without fixtures', async function* () {});
test('with done', async function* (done) {});
test.each([1])('of row %i', async function* () {});

const { wait } = require('./kinds');
const { rejectsWhenAsked } = require('./rejects-when-asked');

const soon = async promise => {
  await wait();
  await promise.catch(() => {});
};
const rejected = () => Promise.reject(new Error('handled in the end'));

test('a rejection that is handled late, in a test', () => soon(rejected()));

describe('in hooks', () => {
  beforeAll(() => soon(rejected()));
  beforeEach(() => soon(rejected()));
  afterEach(() => soon(rejected()));
  afterAll(() => soon(rejected()));
  test('of it', () => {});
});

fixture('up', async () => {
  await soon(rejected());
});
fixture('down', async function* () {
  yield;
  await soon(rejected());
});
fixture('wide', { scope: 'file' }, async function* () {
  const promise = rejected();
  yield;
  await promise.catch(() => {});
});
test('in fixtures', async ({ up, down }) => {});
test('in a wide fixture', async ({ wide }) => wait());

const ofFile = rejected();
test('in the code of the file', () => soon(ofFile));

test.concurrent('in a concurrent test', () => soon(rejected()));

describe('of a wider fixture, whose errors fail the tests that use it', () => {
  fixture('ofBlock', { scope: 'describe' }, rejectsWhenAsked);
  test('the first requesters', async ({ ofBlock, ofWorker }) => {});
  test.catchLoopExceptions.each(['ofBlock', 'ofWorker'])('a later one, %s', async (name, { request }) => {
    const source = await request.get(name);
    source.wanted = true;
    while (source.promise === undefined) await wait();
    await soon(source.promise);
  });
});

describe.each([
  ['nothing', undefined],
  ['a string', 'text'],
  ['a frozen error', Object.freeze(new Error('frozen'))],
])('rejected with %s', (_, reason) => {
  const ofFile = Promise.reject(reason);
  beforeAll(() => soon(Promise.reject(reason)));
  test('in a test', () => soon(Promise.reject(reason)));
  test('in the code of the file', () => soon(ofFile));
});

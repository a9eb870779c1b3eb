const { wait } = require('./kinds');

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

const { kinds, later, wait } = require('./kinds');

// What a test started, and what fires when it has passed: while another runs, or none.
describe.each(Object.keys(kinds))('%s', kind => {
  test('starts it', () => later(() => kinds[kind]()));
  test('happens to run', () => wait());
});

describe('between tests', () => {
  test('starts it', () => later(() => Promise.reject(new Error('between'))));
  // Nothing of a test runs here.
  describe('a block that takes its time', () => {
    beforeAll(() => wait());
    test('of it', () => {});
  });
});

describe('from each-hooks', () => {
  beforeEach(() => later(() => Promise.reject(new Error('from beforeEach'))));
  afterEach(() => later(() => Promise.reject(new Error('from afterEach'))));
  test('owns what its hooks started', () => {});
});
test('runs after it', () => wait());

describe('from a test-scoped fixture', () => {
  fixture('db', async function* () {
    later(() => Promise.reject(new Error('from set-up')));
    yield;
    later(() => Promise.reject(new Error('from teardown')));
  });
  test('owns what its fixture started', ({ db }) => {});
});
test('runs after that', () => wait());

describe('from all-hooks', () => {
  beforeAll(() => later(() => Promise.reject(new Error('from beforeAll'))));
  afterAll(() => later(() => Promise.reject(new Error('from afterAll'))));
  test('is not blamed', () => wait());
});
test('nor is the next', () => wait());

describe('from a wide fixture', () => {
  fixture('wide', { scope: 'file' }, async function* () {
    later(() => Promise.reject(new Error('from file fixture')));
    yield;
  });
  test('that uses it is not blamed', async ({ wide }) => wait());
});

describe('from the code of the file', () => {
  later(() => Promise.reject(new Error('from a describe block')));
  test('is not blamed', () => wait());
});

test('the last of the file', () => later(() => Promise.reject(new Error('after the last test'))));
afterAll(() => wait());

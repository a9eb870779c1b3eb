// Set-up, teardown, test and hook, by the default timeout of their scope: the nearest from there outward.
const forever = () => new Promise(() => {});
const slowly = async function* () {
  yield;
  await forever();
};

fixture('fileDefaultAsyncTimeout', { scope: 'file' }, 31);

test('a test has that of the file where there is none nearer', forever);
beforeAll(() => {});
fixture('ofTest', forever);
fixture('ofFile', { scope: 'file' }, forever);
test('a fixture of a test', ({ ofTest }) => {});
test('a fixture of the file', ({ ofFile }) => {});

describe('of a describe block', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, 32);
  fixture('ofBlock', { scope: 'describe' }, forever);
  fixture('ofTest', forever);
  fixture('downOfTest', slowly);
  test('a test', forever);
  test('a fixture of a test', ({ ofTest }) => {});
  test('a teardown', ({ downOfTest }) => {});
  test('a fixture of a block', ({ ofBlock }) => {});
  test('but not one of the file, which is wider', ({ ofFile }) => {});
  describe('hooks', () => {
    beforeAll(forever);
    test('beforeAll', () => {});
  });
});

describe('of a test', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, 33);
  fixture('defaultAsyncTimeout', 34);
  fixture('ofBlock', { scope: 'describe' }, forever);
  fixture('ofTest', forever);
  test('a test', forever);
  test('a fixture of a test', ({ ofTest }) => {});
  test('a fixture of a block', ({ ofBlock }) => {});
  test('its own option wins', { timeout: 35 }, forever);
  test('its own third argument wins', forever, 36);
  describe('hooks', () => {
    beforeEach(forever);
    test('beforeEach', () => {});
  });
  describe('hooks', () => {
    beforeAll(forever);
    test('beforeAll has that of the block', () => {});
  });
  describe('hooks', () => {
    afterEach(forever, 37);
    test('with one of its own', () => {});
  });
});

describe('overrides', () => {
  fixture('defaultAsyncTimeout', 38);
  test('of one test', { overrides: { defaultAsyncTimeout: 39 } }, forever);
  describe('of a block', () => {
    test.override('defaultAsyncTimeout', 40);
    test('inside', forever);
  });
  test.extend('defaultAsyncTimeout', 41)('of an extended test', forever);
});

afterAll(forever);

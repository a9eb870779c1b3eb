const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// A value is seen as long, and as far, as the fixture lives that entered it.
const als = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const sleep = () => new Promise(resolve => setTimeout(resolve, 2));
const now = () => `${als.getStore() ?? '-'} ${other.getStore() ?? '-'}`;

fixture('user', { scope: 'file' }, async function* () {
  await sleep();
  als.enterWith('user');
  yield 'user';
  log(`user's teardown: ${now()}`);
});
fixture('admin', { scope: 'describe' }, async function* ({ user }) {
  log(`admin's set-up: ${now()}`);
  als.enterWith('admin');
  await sleep();
  other.enterWith('admin');
  yield user;
  log(`admin's teardown: ${now()}`);
});
fixture('guest', async ({ user }) => {
  await sleep();
  als.enterWith('guest');
});
fixture('wideAndUnrelated', { scope: 'file' }, function* () {
  log(`set-up of what asks for nobody: ${now()}`);
  yield;
  log(`its teardown: ${now()}`);
});

test('a test that does not use it, before it is up', () => expect(now()).toBe('- -'));
test('one that does', ({ user }) => expect(now()).toBe('user -'));
test('one that does not, though it is up', () => expect(now()).toBe('- -'));
test('a narrower one goes over it', ({ guest }) => expect(now()).toBe('guest -'));
test('and is over', ({ user }) => expect(now()).toBe('user -'));
test('request.get', async ({ request }) => {
  expect(now()).toBe('- -');
  // The body runs on where it is: what a fixture enters now is seen by what is set up after it, and by hooks.
  await request.get('user');
  expect(now()).toBe('- -');
});
test('one wide fixture does not see another that it does not ask for', ({ user, wideAndUnrelated }) => {});

describe('a block', () => {
  beforeAll(({ admin }) => void log(`its beforeAll: ${now()}`));
  afterAll(({ admin }) => void log(`its afterAll that asks: ${now()}`));
  afterAll(() => void log(`its afterAll that does not: ${now()}`));
  test('a test that does not ask', () => expect(now()).toBe('- -'));
  test('a test that asks', ({ admin }) => expect(now()).toBe('admin admin'));
  test('a test that asks for both', ({ admin, user }) => expect(now()).toBe('admin admin'));
  test('and for a narrow one', ({ admin, guest }) => expect(now()).toBe('guest admin'));
  describe('within', () => {
    test('shares it', ({ admin }) => expect(now()).toBe('admin admin'));
  });
});

test('after the block', () => expect(now()).toBe('- -'));
test('after the block, the wide one', ({ user }) => expect(now()).toBe('user -'));

describe('an auto fixture', () => {
  fixture('everybody', { auto: true, scope: 'describe' }, () => {
    als.enterWith('everybody');
  });
  beforeAll(() => void log(`beforeAll beside an auto fixture: ${now()}`));
  beforeEach(() => expect(now()).toBe('everybody -'));
  test('is seen by a test that asks for nothing', () => expect(now()).toBe('everybody -'));
  test.concurrent('and by a concurrent one', async () => expect(now()).toBe('everybody -'));
});

describe('overridden', () => {
  fixture('user', async ({ user }) => {
    log(`override's set-up: ${now()}`);
    als.enterWith(`another ${user}`);
  });
  test('the override is over what it overrides', ({ user }) => expect(now()).toBe('another user -'));
});
describe('overridden by nothing', () => {
  test.override('user', 'plain');
  test('nothing is entered', ({ user }) => expect(now()).toBe('- -'));
});

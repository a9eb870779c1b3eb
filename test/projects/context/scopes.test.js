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
  log(`set-up of what needs nothing: ${now()}`);
  yield;
  log(`its teardown: ${now()}`);
});

test('a test that does not use it, before it is up', () => expect(now()).toBe('- -'));
test('one that does', ({ user }) => expect(now()).toBe('user -'));
test('one that does not, though it is up', () => expect(now()).toBe('- -'));
test('a narrower one goes over it', ({ guest }) => expect(now()).toBe('guest -'));
test('and is over', ({ user }) => expect(now()).toBe('user -'));
describe('request.get', () => {
  fixture('sees', () => now());
  afterEach(() => expect(now()).toBe('user -'));
  test('the body runs on where it is; what comes after it sees it', async ({ request }) => {
    expect(now()).toBe('- -');
    await request.get('user');
    expect(now()).toBe('- -');
    expect(await request.get('sees')).toBe('user -');
    request.onCleanup(() => expect(now()).toBe('user -'));
  });
});
describe('a teardown', () => {
  fixture('lower', async function* () {
    als.enterWith('lower');
    yield;
    await null;
    expect(now()).toBe('lower -');
  });
  fixture('upper', async function* ({ lower }) {
    als.enterWith('upper');
    yield;
    expect(now()).toBe('upper -');
    als.enterWith('down');
    other.enterWith('down');
  });
  afterEach(() => void als.enterWith('hook'));
  test('finds what its set-up entered, whatever others did since', ({ upper }) => void als.enterWith('test'));
  test('and leaves nothing', () => expect(now()).toBe('- -'));
});
describe('a set-up that fails', () => {
  fixture('fails', async () => {
    als.enterWith('failed');
    throw new Error('mine');
  });
  test('the failure', async ({ request }) => {
    await expect(request.get('fails')).rejects.toThrow('mine');
    expect(now()).toBe('- -');
  });
  afterEach(() => expect(now()).toBe('- -'));
});
test.extend('value', { scope: 'file' }, async () => als.enterWith('extended'))(
  'a fixture of test.extend',
  ({ value }) => expect(now()).toBe('extended -'),
);
test('is seen by its own tests only', () => expect(now()).toBe('- -'));
describe('set up within a time limit', () => {
  fixture('timed', { timeout: 1000 }, async ({ asyncTimeout }) => {
    asyncTimeout.set(2000);
    await sleep();
    als.enterWith('timed');
  });
  test('the same', { timeout: 1000 }, async ({ timed }) => {
    await sleep();
    expect(now()).toBe('timed -');
  });
});
test('one wide fixture does not see another that it does not request', ({ user, wideAndUnrelated }) => {});

describe('a block', () => {
  beforeAll(({ admin }) => void log(`its beforeAll: ${now()}`));
  afterAll(({ admin }) => void log(`its afterAll that asks: ${now()}`));
  afterAll(() => void log(`its afterAll that does not: ${now()}`));
  test('a test that does not ask', () => expect(now()).toBe('- -'));
  test('a test that asks', ({ admin }) => expect(now()).toBe('admin admin'));
  test('a test that requests both', ({ admin, user }) => expect(now()).toBe('admin admin'));
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
  test('is seen by a test that needs nothing', () => expect(now()).toBe('everybody -'));
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

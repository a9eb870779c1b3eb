const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// Hooks enter values too: as far as Jest's would reach, and, after an `await` or not, no farther.
const als = new AsyncLocalStorage();
const sleep = () => new Promise(resolve => setTimeout(resolve, 2));

fixture('sees', { auto: false }, () => als.getStore());
fixture('down', async function* () {
  yield als.getStore();
  log(`teardown: ${als.getStore()}`);
});

const HOOKS = {
  'a sync hook': () => void als.enterWith('hook'),
  'an async hook': async () => void als.enterWith('hook'),
  'an async hook, after an await': async () => {
    await sleep();
    als.enterWith('hook');
  },
  'a hook with done': done => {
    als.enterWith('hook');
    setTimeout(done, 1);
  },
};
describe.each(Object.entries(HOOKS))('%s', (_name, hook) => {
  describe('beforeEach', () => {
    beforeEach(hook);
    beforeEach(() => expect(als.getStore()).toBe('hook'));
    afterEach(() => expect(als.getStore()).toBe('hook'));
    test('is seen by the test', async () => {
      await sleep();
      expect(als.getStore()).toBe('hook');
    });
    test('and by fixtures that are set up after it', ({ sees }) => expect(sees).toBe('hook'));
    test('once more', () => expect(als.getStore()).toBe('hook'));
  });
  test('not after its block', () => expect(als.getStore()).toBeUndefined());

  describe('beforeAll', () => {
    beforeAll(hook);
    beforeAll(() => expect(als.getStore()).toBe('hook'));
    afterAll(() => expect(als.getStore()).toBe('hook'));
    describe('beside a hook', () => {
      beforeEach(() => expect(als.getStore()).toBe('hook'));
      test('is seen by the test', () => expect(als.getStore()).toBe('hook'));
    });
    test('by fixtures', ({ down }) => expect(down).toBe('hook'));
    describe('inside', () => {
      beforeAll(() => void als.enterWith('inner'));
      test('the inner one wins', () => expect(als.getStore()).toBe('inner'));
    });
    test('and is over', () => expect(als.getStore()).toBe('hook'));
  });
  test('not after its block either', () => expect(als.getStore()).toBeUndefined());

  describe('afterEach', () => {
    afterEach(() => void log(`afterEach: ${als.getStore()}`));
    afterEach(hook);
    afterEach(() => void log(`the afterEach after it: ${als.getStore()}`));
    test('a test', ({ down }) => {});
    test('does not reach the next', () => expect(als.getStore()).toBeUndefined());
  });
});

describe('a hook goes over fixtures, and takes back', () => {
  fixture('user', () => als.enterWith('user') ?? 0);
  beforeEach(({ user }) => {
    expect(als.getStore()).toBe('user');
    als.enterWith('hook');
  });
  test('over', ({ user }) => expect(als.getStore()).toBe('hook'));
  describe('taken back', () => {
    beforeEach(() => void als.enterWith(undefined));
    test('back', () => expect(als.getStore()).toBeUndefined());
  });
});

describe('the later one wins', () => {
  fixture('user', async () => void als.enterWith('fixture'));
  fixture('wide', { scope: 'describe' }, async () => void als.enterWith('wide'));
  describe('of a hook and a fixture', () => {
    beforeEach(() => void als.enterWith('hook'));
    test('the hook', () => expect(als.getStore()).toBe('hook'));
    test('the fixture, set up after it', ({ user }) => expect(als.getStore()).toBe('fixture'));
    describe('inside', () => {
      beforeEach(({ user }) => {
        expect(als.getStore()).toBe('fixture');
        als.enterWith('inner hook');
      });
      test('the hook, run after the fixture', ({ user }) => expect(als.getStore()).toBe('inner hook'));
    });
  });
  describe('of a hook that runs once and a fixture', () => {
    beforeAll(() => void als.enterWith('hook'));
    test('the hook', () => expect(als.getStore()).toBe('hook'));
    test('the fixture', ({ user }) => expect(als.getStore()).toBe('fixture'));
    test('the wide fixture', ({ wide }) => expect(als.getStore()).toBe('wide'));
    describe('inside', () => {
      beforeAll(({ wide }) => {
        expect(als.getStore()).toBe('wide');
        als.enterWith('inner hook');
      });
      test('the hook, over what it needs', ({ wide }) => expect(als.getStore()).toBe('inner hook'));
      test('the narrow fixture, over both', ({ wide, user }) => expect(als.getStore()).toBe('fixture'));
    });
    test('it is over', ({ wide }) => expect(als.getStore()).toBe('wide'));
  });
});

describe('a wide fixture sees', () => {
  fixture('tenant', { scope: 'describe' }, () => als.getStore());
  beforeAll(() => void als.enterWith('of its block'));
  describe('from a block inside', () => {
    beforeAll(() => void als.enterWith('of the inner block'));
    beforeEach(() => void als.enterWith('of the test'));
    test('what hooks around it have left', ({ tenant }) => {
      expect(tenant).toBe('of its block');
      expect(als.getStore()).toBe('of the test');
    });
  });
});

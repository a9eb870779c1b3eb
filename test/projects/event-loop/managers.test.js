// Loops as context managers in auto fixtures: they apply to every later fixture and to the test.
const { Loop, getRunningLoop } = require('jest-loop');
const { log } = require('../log');

const nameNow = () => {
  try {
    return getRunningLoop().name;
  } catch {
    return 'none';
  }
};
describe('of a test', () => {
  fixture('manager', { auto: true }, async function* () {
    const loop = new Loop({ name: 'entered', newLoop: true });
    expect(getRunningLoop()).toBe(loop);
    expect(loop.controlledLoop).toBe(loop);
    yield loop;
    log(`manager down in ${nameNow()}`);
    await loop.close();
  });
  fixture('later', async function* () {
    yield nameNow();
    log(`later down in ${nameNow()}`);
  });
  fixture('sync', () => nameNow());
  beforeEach(() => expect(nameNow()).toBe('entered'));
  afterEach(() => expect(nameNow()).toBe('entered'));
  let last;
  test('later fixtures, hooks and the test', async ({ later, sync, manager }) => {
    last = manager;
    expect([later, sync, nameNow()]).toEqual(['entered', 'entered', 'entered']);
    await null;
    expect(nameNow()).toBe('entered');
  });
  test('it is closed, and the next test has its own', ({ manager }) => {
    expect(last.closed).toBe(true);
    expect(manager).not.toBe(last);
  });
  test('also after a test that failed', () => {
    throw new Error('of the test');
  });
});
test('outside all is as ever', () => expect(nameNow()).toBe('test loop'));

describe('of a block', () => {
  fixture('manager', { auto: true, scope: 'describe' }, async function* () {
    const _ = new Loop({ name: 'entered', newLoop: true });
    yield;
    await _.close();
  });
  fixture('ofBlock', { scope: 'describe' }, () => nameNow());
  beforeAll(() => expect(nameNow()).toBe('entered'));
  test('fixtures of both scopes', ({ ofBlock }) =>
    expect([ofBlock, nameNow()]).toEqual(['entered', 'entered']));
  test('again', () => expect(nameNow()).toBe('entered'));
  describe('one inside', () => {
    fixture('inner', { auto: true }, async function* () {
      const _ = new Loop({ name: 'inner', newLoop: true });
      yield;
      await _.close();
    });
    test('is the innermost', () => expect(nameNow()).toBe('inner'));
  });
  test('and restored', () => expect(nameNow()).toBe('entered'));
});

describe('newLoop: false', () => {
  fixture('none', { auto: true }, async function* () {
    const loop = new Loop({ newLoop: false });
    expect(loop.controlledLoop).toBe(null);
    yield;
    await loop.close();
  });
  fixture('later', () => nameNow());
  test('no Loop is current', ({ later }) => {
    expect([later, nameNow()]).toEqual(['none', 'none']);
    expect(() => getRunningLoop()).toThrow(Error);
  });
  test('nor are timers of one', () => {
    setTimeout(() => log('a timer without a Loop'), 20);
  });
});
test('later', () => new Promise(resolve => setTimeout(resolve, 40)));

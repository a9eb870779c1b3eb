const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// What a test enters is seen by itself, and by no other after it.
const als = new AsyncLocalStorage();
const sleep = (ms = 2) => new Promise(resolve => setTimeout(resolve, ms));

fixture('traced', async function* () {
  yield;
  log(`teardown: ${als.getStore()}`);
});
fixture('tasks2', async function* ({ tasks }) {
  yield tasks;
});
afterEach(() => expect(als.getStore()).toBeUndefined());

test('sync', () => void als.enterWith('test'));
test('not after sync', () => expect(als.getStore()).toBeUndefined());
test('sync, with a fixture', ({ traced }) => void als.enterWith('test'));
test('not after that', () => expect(als.getStore()).toBeUndefined());
test('async', async ({ traced }) => {
  als.enterWith('before');
  await sleep();
  expect(als.getStore()).toBe('before');
  als.enterWith('after');
  await sleep();
  expect(als.getStore()).toBe('after');
});
test('not after async', () => expect(als.getStore()).toBeUndefined());
test('with done', done => {
  als.enterWith('test');
  setTimeout(() => {
    expect(als.getStore()).toBe('test');
    done();
  }, 1);
});
test('not after done', () => expect(als.getStore()).toBeUndefined());
test.failing('one that fails', () => {
  als.enterWith('test');
  throw new Error('mine');
});
test('not after a failure', () => expect(als.getStore()).toBeUndefined());
test.each([1, 2, 3])('row %i', n => {
  expect(als.getStore()).toBeUndefined();
  als.enterWith(n);
});
test('a task sees it, and what a task enters is its own', async ({ tasks }) => {
  als.enterWith('test');
  const task = tasks.start(async () => {
    const store = als.getStore();
    als.enterWith('task');
    await sleep();
    return store;
  });
  expect(await task).toBe('test');
  expect(als.getStore()).toBe('test');
});

describe('concurrent', () => {
  let arrived = 0;
  let open;
  const all = new Promise(resolve => (open = resolve));
  test.concurrent.each([[1], [2], [3]])('%i', async n => {
    expect(als.getStore()).toBeUndefined();
    als.enterWith(n);
    if (++arrived === 3) open();
    await all;
    await sleep();
    expect(als.getStore()).toBe(n);
  });
});
test('not after concurrent tests', () => expect(als.getStore()).toBeUndefined());

describe('concurrent, by fixtures', () => {
  let arrived = 0;
  let open;
  const all = new Promise(resolve => (open = resolve));
  fixture('user', async (_, { test: { name } }) => {
    if (++arrived === 3) open();
    als.enterWith(name);
    await all;
    return name;
  });
  fixture('seen', async function* ({ user }) {
    await sleep();
    yield als.getStore();
    log(`teardown of ${user}: ${als.getStore() === user}`);
  });
  for (const name of ['a', 'b', 'c']) {
    test.concurrent(name, async ({ user, seen }) => {
      expect([user, seen, als.getStore()]).toEqual([name, name, name]);
      await sleep();
      expect(als.getStore()).toBe(name);
    });
  }
});

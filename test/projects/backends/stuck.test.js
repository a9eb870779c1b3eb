test.override('loopBackend', 'virtual');
const { log } = require('../log');

jest.setTimeout(30_000);
afterEach(() => jest.useRealTimers());

test('for ever', async () => {
  try {
    await new Promise(() => {});
  } finally {
    log('never');
  }
});

test('for a future', async ({ eventLoop }) => {
  await eventLoop.createFuture();
});

test('for a task that waits for another', async ({ eventLoop }) => {
  const first = eventLoop.createTask(() => eventLoop.createFuture(), { name: 'first' });
  await eventLoop.createTask(() => first, { name: 'second' });
});

test('for done', done => {
  setTimeout(() => {}, 100);
});

test('after some time', async ({ eventLoop }) => {
  await eventLoop.sleep(1000);
  await new Promise(() => {});
});

test('for a fake timer that stands still', async () => {
  jest.useFakeTimers();
  await new Promise(resolve => setTimeout(resolve, 100));
});

test('for a sleep without end', async ({ eventLoop }) => {
  await eventLoop.sleep(Infinity);
});

describe('a fixture', () => {
  fixture('door', async () => {
    await new Promise(() => {});
  });
  test('that never comes up', ({ door }) => {});
});

describe('a hook', () => {
  beforeEach(async () => {
    await new Promise(() => {});
  });
  test('that never ends', () => {});
});

test('work of the thread pool may still come', async () => {
  const { pbkdf2 } = require('node:crypto');
  const key = await new Promise((resolve, reject) =>
    pbkdf2('password', 'salt', 600_000, 64, 'sha512', (error, found) =>
      error ? reject(error) : resolve(found),
    ),
  );
  expect(key).toHaveLength(64);
});

test('and a real timer elsewhere', async () => {
  const { Loop } = require('jest-loop');
  const node = new Loop({ backend: 'node' });
  await new Promise(resolve => node.callLater(500, resolve));
  await node.close();
});

/** @jest-loop {"backend": "virtual"} */
const { Loop, sleep } = require('jest-loop');

jest.setTimeout(10_000);

class Own extends Loop {}

// A Loop of the project's own is on the backend that the test would have without it.
fixture('eventLoop', () => new Own());

test('the option', async ({ eventLoop, loopBackendName }) => {
  expect(eventLoop).toBeInstanceOf(Own);
  expect(loopBackendName).toBe('virtual');
  const began = Date.now();
  await eventLoop.sleep(60_000);
  await sleep(60_000);
  await new Promise(resolve => setTimeout(resolve, 60_000));
  expect(Date.now() - began).toBe(180_000);
});

test('several', { backend: ['node', 'chaos'] }, async ({ eventLoop, loopBackendName, request }) => {
  expect(request.test.name).toBe(`several [${loopBackendName}]`);
  expect(eventLoop.backend?.name ?? 'node').toBe(loopBackendName);
  await eventLoop.sleep(10);
});

test('a factory', { overrides: { loopBackend: 'fast' } }, async ({ eventLoop }) => {
  await eventLoop.sleep(60_000);
});

describe('the fixture loopBackend', () => {
  fixture('loopBackend', async () => {
    await null;
    return ['chaos', { seed: 4711 }];
  });
  test('comes first', async ({ eventLoop, loopBackendName, loopBackendOptions }) => {
    expect([loopBackendName, loopBackendOptions]).toEqual(['chaos', { seed: 4711 }]);
    const order = [];
    for (const letter of 'abcd') setTimeout(() => order.push(letter), 10);
    await eventLoop.sleep(20);
    expect(order.join('')).toHaveLength(4);
    expect(order.join('')).not.toBe('abcd');
  });
});

describe('a Loop that has a backend of its own', () => {
  fixture('eventLoop', () => new Own({ backend: 'node' }));
  test('keeps it', async ({ eventLoop }) => {
    const began = eventLoop.time();
    await eventLoop.sleep(10);
    expect(eventLoop.backend).toBeUndefined();
    expect(eventLoop.time() - began).toBeLessThan(5000);
  });
});

describe('at the end', () => {
  const closed = [];
  fixture('eventLoop', async function* () {
    const loop = new Own();
    yield loop;
    const began = loop.time();
    await sleep(60_000);
    closed.push(loop.time() - began);
  });
  test('of a test', async ({ eventLoop }) => {
    await eventLoop.sleep(60_000);
  });
  afterAll(() => expect(closed).toEqual([60_000]));
});

describe('of a wide scope', () => {
  fixture('loopBackend', { scope: 'describe' }, 'virtual');
  fixture('eventLoop', { scope: 'describe' }, () => new Own());
  test('the same', async ({ eventLoop }) => {
    const began = eventLoop.time();
    await eventLoop.sleep(60_000);
    expect(eventLoop.time() - began).toBe(60_000);
  });
});

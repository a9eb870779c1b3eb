import { test as extended } from './jest.fixtures';

describe('session', () => {
  test('a clone of its own', ({ address }) => {
    expect(address).toStrictEqual({ url: 'tcp://1', seen: [] });
    address.seen.push('a');
  });
  test('the same clone in one file', ({ address }) => {
    expect(address.seen).toEqual(['a']);
  });
  test('is made of the classes that the test knows', ({ data }) => {
    expect(data).toStrictEqual({
      list: [1, { two: 2 }],
      map: new Map([['a', new Set([1])]]),
      date: new Date(0),
      bytes: Buffer.from('abc'),
      floats: new Float64Array([1.5]),
      buffer: new ArrayBuffer(2),
      error: expect.any(TypeError),
      pattern: /a+/g,
      big: 10n,
      nothing: undefined,
    });
    expect(data.map instanceof Map && data.map.get('a') instanceof Set).toBe(true);
    expect(data.date instanceof Date).toBe(true);
    expect(Buffer.isBuffer(data.bytes)).toBe(true);
    expect(data.floats instanceof Float64Array && data.buffer instanceof ArrayBuffer).toBe(true);
    expect(data.error).toMatchObject({ message: 'kept', name: 'TypeError' });
    expect(data.error.cause).toEqual(new RangeError('the cause'));
    expect(data.error.cause instanceof RangeError).toBe(true);
    expect(data.list instanceof Array && data.list[1] instanceof Object).toBe(true);
  });
  test('plain values', ({ text, nothing }) => {
    expect([text, nothing]).toEqual(['just text', undefined]);
  });
});

describe('worker', () => {
  test('by reference', ({ connection }) => {
    connection.calls.push('a');
    expect(connection.point).toBeInstanceOf(connection.Point);
  });
  test('the same object', ({ connection }) => {
    expect(connection.calls.filter(call => call === 'a')).toEqual(['a']);
  });
  test('its request', ({ connection: { request }, outermost }) => {
    expect(request).toMatchObject({ name: 'connection', scope: 'worker', test: undefined, param: undefined });
    expect(request.path).toMatch(/setup\.[jt]s$/);
    expect(request.signal.aborted).toBe(false);
    expect(request.loop.closed).toBe(false);
    expect(outermost).toMatchObject({ name: 'outermost', scope: 'directory' });
    expect(outermost.path).toMatch(/jest\.fixtures\.[jt]s$/);
  });
  test('each kind', ({
    byFunction,
    byPromise,
    byReturnedPromise,
    byGenerator,
    byAsyncGenerator,
    limit,
    options,
  }) => {
    expect([byFunction, byPromise, byReturnedPromise, byGenerator, byAsyncGenerator]).toEqual([
      'function',
      'promise',
      'returned',
      'generator',
      'async generator',
    ]);
    expect([limit, options]).toEqual([3, { retries: 1 }]);
  });
  extended('the object form', ({ pool, size }) => {
    expect(size).toBe(4);
    expect(pool.request).toMatchObject({ name: 'pool', scope: 'worker' });
    expect(pool.request.path).toMatch(/jest\.fixtures\.[jt]s$/);
  });
  test('of a module that the setup file imports', ({ moreOfWorker, moreOfSession }) => {
    expect([moreOfWorker, moreOfSession]).toEqual([moreOfWorker, moreOfWorker]);
    expect(moreOfWorker).toMatch(/^setup\.[jt]s$/);
  });
  test('what it entered', ({ current, reader }) => {
    expect([current.getStore(), reader]).toEqual(['of the worker', 'of the worker']);
  });
});

describe('params', () => {
  test('worker', ({ engine }) => {
    expect(['pg', 'lite']).toContain(engine);
  });
  test('session and worker', ({ region, table, engine }) => {
    expect(table).toBe(`table in ${engine}`);
    expect(['eu', 'us']).toContain(region);
  });
  test('a single value', ({ single }) => {
    expect(single).toBe('alone');
  });
  describe('through a hook', () => {
    beforeAll(({ limit }) => expect(limit).toBe(3));
    beforeEach(({ region }) => expect(['eu', 'us']).toContain(region));
    test('requests nothing', () => {});
  });
});

describe('a requester', () => {
  let all;
  beforeAll(async ({ connection, address, request }) => {
    all = { connection, address };
    expect(await request.get('limit')).toBe(3);
  });
  beforeEach(({ connection }) => expect(connection).toBe(all.connection));
  afterAll(({ connection }) => expect(connection).toBe(all.connection));
  test('shares with its hooks', ({ connection, address }) => {
    expect({ connection, address }).toEqual(all);
    expect(address).toBe(all.address);
  });
  test('at run time', async ({ request }) => {
    expect(await request.get('connection')).toBe(all.connection);
    expect(await request.get('lazily')).toBe('promise, tcp://1');
    await expect(request.get('conection')).rejects.toThrow('requests unknown fixture "conection"');
  });
  test.useFixtures('marked')('by a marker', ({}) => {});
  test.concurrent('concurrently', async ({ connection, limit }) => {
    expect([connection.url, limit]).toEqual(['tcp://1', 3]);
  });
  test.each([[1, 2]])('after the row %i', (a, b, { limit }) => {
    expect(a + b).toBe(limit);
  });
});

describe('narrower ones', () => {
  const describing = test.extend('page', { scope: 'describe' }, ({ browser }) => ['page', ...browser]);
  test.extend('unused', ({ page }) => page);
  fixture('browser', { scope: 'file' }, ({ outermost, connection }) => [
    'browser',
    outermost.scope,
    connection.url,
  ]);
  describing('on top of it', ({ page }) => {
    expect(page).toEqual(['page', 'browser', 'directory', 'tcp://1']);
  });
});

describe('one that is overridden by a narrower one', () => {
  fixture('stack', { scope: 'file' }, ({ stack }) => [...stack, 'file']);
  test.override('options', ({ options }) => ({ ...options, more: true }));
  test('depends on it', ({ stack, options }) => {
    expect(stack).toEqual(['worker', 'file']);
    expect(options).toEqual({ retries: 1, more: true });
  });
  test('for one test', { overrides: { limit: 5 } }, ({ limit }) => {
    expect(limit).toBe(5);
  });
});

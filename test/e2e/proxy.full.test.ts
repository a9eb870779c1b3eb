import { sized } from '../sizes';
import { KINDS } from './kinds';
import { runLogged } from './logged';
import { keepJest } from './run-jest';

keepJest();

/** Bytes of a body. */
const SIZE = sized(2, 64) * 2 ** 20;

const FIXTURES = `
  const { TcpServerService } = require('jest-loop');
  fixture('echo', { scope: 'file' }, async ({ entrypoint }) => {
    const onConnection = socket => socket.on('error', () => {}).pipe(socket);
    const server = new TcpServerService({ onConnection });
    await entrypoint.startServices(server);
    return server;
  });
  fixture('options', () => ({}));
  fixture('proxy', async function* ({ echo, tcpProxy, options }) {
    const proxy = new tcpProxy(echo.host, echo.port, options);
    yield await proxy.start();
    await proxy[Symbol.asyncDispose]();
  });
  fixture('client', ({ proxy }) => proxy.createClient().on('error', () => {}));`;

/** A large body, there and back, through all combinations. */
const WHOLE = `
  const { createHash } = require('node:crypto');
  const net = require('node:net');
  const part = Buffer.from(Array.from({ length: 65_521 }, (_, i) => (i * 31 + (i >> 8)) % 256));
  const body = Buffer.alloc(${SIZE}, part);
  const sumOf = () => createHash('sha1');
  const shapes = [true, false].flatMap(buffered => [Infinity, 2 ** 28].flatMap(rate =>
    [[Infinity, 0], [100_003, 0], [8 * 2 ** 20, 1]].map(slice => [buffered, rate, ...slice])));
  test.each(shapes)('arrives whole: buffered %s, %s bytes per second, slices of %s with %s ms', async (
    buffered, rate, size, delay, { echo, tcpProxy },
  ) => {
    const proxy = await new tcpProxy(echo.host, echo.port, { buffered }).start();
    proxy.setBandwidth({ read: rate, write: rate });
    proxy.slice(size, delay);
    const client = net.connect({ port: proxy.port, host: proxy.host });
    client.end(body);
    const sum = sumOf();
    let length = 0;
    for await (const chunk of client) {
      length += chunk.length;
      sum.update(chunk);
    }
    expect([length, sum.digest('hex')]).toEqual([body.length, sumOf().update(body).digest('hex')]);
    await proxy.close({ timeout: 1000 });
    expect(proxy.clients.size).toBe(0);
  }, 120_000);`;

const FAULTS = `
  import { once } from 'node:events';
  import type { Socket } from 'node:net';
  import { setTimeout as wait } from 'node:timers/promises';
  import { expect, test, TcpProxy } from 'jest-loop';

  declare module 'jest-loop' {
    interface Fixtures { proxy: TcpProxy; client: Socket; options: { buffered?: boolean } }
  }
  const now = () => performance.now();
  async function read(client: Socket, length: number): Promise<string> {
    let text = '';
    while (text.length < length) text += String((await once(client, 'data'))[0]);
    return text;
  }

  test('a bandwidth, in bytes per second', async ({ proxy, client }) => {
    proxy.setBandwidth({ write: 100_000 });
    const begun = now();
    client.write('x'.repeat(10_000));
    expect(await read(client, 10_000)).toHaveLength(10_000);
    expect(now() - begun).toBeGreaterThan(90);
  });
  test('jitter keeps the order', async ({ proxy, client }) => {
    proxy.setJitter({ read: 8, write: 8 });
    for (const text of ['a', 'b', 'c', 'd']) {
      client.write(text);
      await wait(1);
    }
    expect(await read(client, 4)).toBe('abcd');
  });
  test('a pause holds what comes until it ends', async ({ proxy, client }) => {
    proxy.pause();
    client.write('held');
    const answer = read(client, 4);
    expect(await Promise.race([answer, wait(40, 'nothing')])).toBe('nothing');
    proxy.resume();
    expect(await answer).toBe('held');
  });
  test('an omitted direction keeps its delay; a slowdown ends with its block', async ({ proxy, client }) => {
    proxy.setDelay({ read: 30 });
    proxy.setDelay({ write: 1 });
    {
      using _ = proxy.slowdown({ write: 30 });
      const begun = now();
      client.write('x');
      await read(client, 1);
      expect(now() - begun).toBeGreaterThan(58);
    }
    const begun = now();
    client.write('x');
    await read(client, 1);
    expect(now() - begun).toBeGreaterThan(29);
  });
  test('slices', async ({ proxy, client }) => {
    proxy.slice(2, 10);
    let text = '';
    client.on('data', part => { text += part; });
    const begun = now();
    client.end('abcde');
    await once(client, 'close');
    expect(text).toBe('abcde');
    // The system may join what it has not yet delivered.
    expect(now() - begun).toBeGreaterThan(18);
  });
  test('a cut, and a reset', async ({ proxy, client }) => {
    proxy.cutAfter(2, 'write');
    client.write('abcde');
    let text = '';
    client.on('data', part => { text += part; });
    await once(client, 'close');
    expect(text).toBe('ab');
    proxy.cutAfter(Infinity, 'write');
    const other = proxy.createClient();
    other.write('x');
    await read(other, 1);
    const broken = once(other, 'close').catch(error => error);
    await proxy.disconnectAll({ reset: true });
    expect(await broken).toMatchObject({ code: 'ECONNRESET' });
    expect(proxy.clients.size).toBe(0);
  });
  test('a half-closed connection still gets its answer, and is forgotten', async ({ proxy, client }) => {
    client.end('question');
    expect(await read(client, 8)).toBe('question');
    await once(client, 'close');
    while (proxy.clients.size > 0) await wait(1);
  });
  test('refused connections, until refusing ends', async ({ proxy, client }) => {
    client.write('live');
    expect(await read(client, 4)).toBe('live');
    await proxy.refuse();
    const [error] = await once(proxy.createClient(), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    client.write('still');
    expect(await read(client, 5)).toBe('still');
    await proxy.refuse(false);
    const back = proxy.createClient();
    back.write('back');
    expect(await read(back, 4)).toBe('back');
  });
  test('processors of live and future connections; without them bytes pass as they are', async ({ proxy, client }) => {
    client.write('a');
    expect(await read(client, 1)).toBe('a');
    proxy.setContentProcessors(async chunk => Buffer.concat([chunk, chunk]), chunk => Buffer.from('<' + String(chunk) + '>'));
    client.write('b');
    expect(await read(client, 4)).toBe('<bb>');
    const other = proxy.createClient();
    other.write('c');
    expect(await read(other, 4)).toBe('<cc>');
    proxy.setContentProcessors(null, null);
    client.write('d');
    expect(await read(client, 1)).toBe('d');
  });
  test('a slowdown around a function ends with it', async ({ proxy, client }) => {
    const asked = async () => {
      const begun = now();
      client.write('x');
      await read(client, 1);
      return now() - begun;
    };
    expect(await proxy.slowdown({ read: 40 }, asked)).toBeGreaterThan(39);
    proxy.setDelay({ read: 0 });
    proxy.setContentProcessors(chunk => chunk, null);
    client.write('y');
    expect(await read(client, 1)).toBe('y');
  });
  const unbuffered = { overrides: { options: { buffered: false } } };
  test('back-pressure: a client that does not read stops the other end', unbuffered, async ({ proxy }) => {
    const client = proxy.createClient().on('error', () => {});
    client.pause();
    const chunk = Buffer.alloc(2 ** 20);
    for (let sent = 0; sent < 64 && client.writableLength < 4 * chunk.length; sent++) {
      client.write(chunk);
      await wait(1);
    }
    expect(client.writableNeedDrain).toBe(true);
    client.destroy();
  });
  test.each<[string, (proxy: any) => unknown, RegExp]>([
    ['a port', () => new TcpProxy('localhost', 70_000), /needs a port/],
    ['a host', () => new TcpProxy('', 80), /host/],
    ['a bandwidth', proxy => proxy.setBandwidth({ read: -1 }), /setBandwidth/],
    ['a delay', proxy => proxy.setDelay({ write: 'slow' }), /setDelay/],
    ['a direction', proxy => proxy.setJitter({ raed: 5 }), /expected only read and write, got "raed"/],
    ['a slice', proxy => proxy.slice(0), /slice/],
    ['a cut', proxy => proxy.cutAfter(5, 'both'), /cutAfter/],
    ['processors', proxy => proxy.setContentProcessors('upper'), /setContentProcessors/],
  ])('a bad argument names itself: %s', (_name, call, message, { proxy }: any) => {
    expect(() => call(proxy)).toThrow(expect.objectContaining({
      code: 'ERR_NETWORK_ARGUMENT', message: expect.stringMatching(message),
    }));
  });
  test('close names what is open', async ({ proxy, client, request }) => {
    let let_go = () => {};
    request.onCleanup(() => let_go());
    proxy.setContentProcessors(chunk => new Promise(resolve => { let_go = () => resolve(chunk); }), null);
    client.write('x');
    while (proxy.clients.size === 0) await wait(1);
    await wait(20);
    await expect(proxy.close({ timeout: 30 })).rejects.toThrow(/still open: .* => .*content processor/);
  });`;

test.each(KINDS)(
  '%s every byte arrives, and every fault does what it says',
  async (_kind, args) => {
    const files = {
      'whole.test.js': WHOLE,
      'faults.test.ts': FAULTS,
      'jest.fixtures.js': FIXTURES,
      'jest.config.js': "module.exports = { preset: 'jest-loop' };",
    };
    const { report } = runLogged(files, { args, timeout: 550_000 });
    const all = Object.values(report.files).flatMap(({ tests }) => tests);
    const failed = all.flatMap(({ name, messages }) => messages.map(message => `${name}: ${message}`));
    const errors = Object.values(report.files).flatMap(each => each.errors);
    expect({ failed: [...errors, ...failed], code: report.code, tests: all.length }).toEqual({
      failed: [],
      code: 0,
      tests: 32,
    });
  },
  600_000,
);

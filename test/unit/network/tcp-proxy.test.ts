import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Loop } from '../../../src/loop';
import type { TcpProxyOptions } from '../../../src/network/proxy-options';
import type { Shaping } from '../../../src/network/shaping';
import { TcpProxy } from '../../../src/network/tcp-proxy';

let server: Server;
let proxy: TcpProxy;
const accepted: Socket[] = [];

/** A server, and a proxy in front of it. */
async function make(onConnection: (socket: Socket) => void, options?: TcpProxyOptions): Promise<TcpProxy> {
  server = createServer({ allowHalfOpen: true }, socket => {
    accepted.push(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = new TcpProxy('127.0.0.1', (server.address() as AddressInfo).port, options);
  return proxy.start();
}
const echo = (socket: Socket): void => void socket.pipe(socket);
const now = (): number => performance.now();

/** Sends, and gives the answer up to the end of the stream. */
async function ask(message: string | Buffer): Promise<Buffer> {
  const client = proxy.createClient();
  client.end(message);
  return buffer(client);
}

afterEach(async () => {
  await proxy?.close();
  for (const socket of accepted.splice(0)) socket.destroy();
  server?.close();
});

test('bytes pass both ways, and a client that ends still gets the answer', async () => {
  await make(socket => {
    let question = '';
    socket.on('data', bytes => (question += bytes));
    socket.on('end', () => socket.end(`answer to ${question}`));
  });
  expect((await ask('question')).toString()).toBe('answer to question');
  expect(proxy.errors).toEqual([]);
});

test('clients that have ended are forgotten', async () => {
  await make(echo);
  await ask('a');
  while (proxy.clients.size > 0) await wait(1);
  expect(proxy.clients.size).toBe(0);
});

test('a reset while the end of a stream is on its way closes the connection, too', async () => {
  await make(echo, { buffered: false });
  for (let round = 0; round < 20; round++) {
    const client = proxy.createClient().on('error', () => {});
    const closed = new Promise(resolve => client.on('close', resolve));
    client.end(Buffer.alloc(50_000)).resume();
    // It may be over before this looks.
    while (proxy.clients.size === 0 && !client.closed) await wait(0);
    proxy.pause();
    setTimeout(() => proxy.resume(), 5);
    await wait(5);
    await proxy.disconnectAll({ reset: true });
    await closed;
  }
  expect(proxy.clients.size).toBe(0);
});

describe('delays', () => {
  test('each way for itself, from the arrival; what is left out stays', async () => {
    await make(echo);
    proxy.setDelay({ read: 40, write: 30 });
    const began = now();
    await ask('a');
    expect(now() - began).toBeGreaterThanOrEqual(69);
    proxy.setDelay({ read: 0 });
    const again = now();
    await ask('a');
    expect(now() - again).toBeGreaterThanOrEqual(29);
  });

  test('a chunk that waits is timed anew, from its arrival', async () => {
    await make(echo);
    proxy.setDelay({ read: 60_000 });
    const answer = ask('a');
    while (proxy.clients.size === 0) await wait(1);
    proxy.setDelay({ read: 0 });
    expect((await answer).toString()).toBe('a');
  });

  test('slowdown ends with its function, also with one that fails, and with its block', async () => {
    await make(echo);
    const failed = proxy.slowdown({ read: 60_000 }, async () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect((await ask('a')).toString()).toBe('a');
    const slow = proxy.slowdown({ write: 30 });
    const began = now();
    await ask('a');
    expect(now() - began).toBeGreaterThanOrEqual(29);
    const slower = proxy.slowdown({ write: 60_000 });
    slower[Symbol.dispose]();
    slow[Symbol.dispose]();
    expect((await ask('b')).toString()).toBe('b');
    expect(() => proxy.slowdown({ read: -1 })).toThrow(
      'proxy.slowdown() expected a delay in ms from 0 for read',
    );
  });
});

describe('slowdowns that overlap', () => {
  /** The delays in force. */
  const delays = (): unknown => {
    const { read, write } = (proxy as unknown as { shaping: Record<'read' | 'write', Shaping> }).shaping;
    return { read: read.now.delay, write: write.now.delay };
  };

  test('end in any order; the last that began counts, each way for itself', () => {
    proxy = new TcpProxy('localhost', 1);
    proxy.setDelay({ read: 1, write: 2 });
    const a = proxy.slowdown({ read: 10, write: 11 });
    const b = proxy.slowdown({ read: 20 });
    expect(delays()).toEqual({ read: 20, write: 11 });
    a[Symbol.dispose]();
    expect(delays()).toEqual({ read: 20, write: 2 });
    proxy.setDelay({ read: 3 });
    expect(delays()).toEqual({ read: 20, write: 2 });
    b[Symbol.dispose]();
    a[Symbol.dispose]();
    expect(delays()).toEqual({ read: 3, write: 2 });
  });

  test('leave nothing behind', async () => {
    proxy = new TcpProxy('localhost', 1);
    await Promise.all([
      proxy.slowdown({ read: 5 }, () => wait(10)),
      proxy.slowdown({ read: 7 }, () => wait(30)),
    ]);
    expect(delays()).toEqual({ read: 0, write: 0 });
  });
});

describe('content processors', () => {
  test('change the bytes of each way, synchronous or not', async () => {
    await make(echo);
    proxy.setContentProcessors(
      chunk => Buffer.from(`${chunk}!`),
      async chunk => Buffer.from(String(chunk).toUpperCase()),
    );
    expect((await ask('hello')).toString()).toBe('HELLO!');
    proxy.setContentProcessors(null, null);
    expect((await ask('hello')).toString()).toBe('hello');
  });

  test('one that throws ends its connection, stands in errors and is an error of the Loop', async () => {
    const loop = new Loop();
    const reported: unknown[] = [];
    loop.setExceptionHandler((_, { exception }) => void reported.push(exception));
    await loop.run(() => make(echo));
    const error = new Error('broken');
    proxy.setContentProcessors(() => {
      throw error;
    }, null);
    const client = proxy.createClient();
    client.write('a');
    client.resume();
    await once(client, 'close');
    expect([proxy.errors, reported]).toEqual([[error], [error]]);
    await loop.close();
  });

  test('one that gives no bytes is a mistake', async () => {
    await make(echo);
    proxy.setContentProcessors(() => 'text' as never, null);
    await ask('a').catch(() => {});
    expect(proxy.errors).toMatchObject([{ message: expect.stringContaining('instead of bytes') }]);
  });
});

describe('connections', () => {
  test('disconnectAll ends live ones, also while a chunk waits; new ones are accepted', async () => {
    await make(echo);
    proxy.setDelay({ read: 60_000 });
    const answer = ask('a');
    while (proxy.clients.size === 0) await wait(1);
    await proxy.disconnectAll();
    expect((await answer).toString()).toBe('');
    proxy.setDelay({ read: 0 });
    expect((await ask('b')).toString()).toBe('b');
  });

  test('with a reset the peers see ECONNRESET', async () => {
    await make(echo);
    const client = proxy.createClient();
    client.write('a');
    await once(client, 'data');
    void proxy.disconnectAll({ reset: true });
    const [error] = await once(client, 'error').catch(reason => [reason]);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a target that cannot be reached is an error, and the client reads the end', async () => {
    await make(echo);
    server.close();
    const client = proxy.createClient();
    expect(await text(client)).toBe('');
    expect(proxy.errors).toMatchObject([{ code: 'ECONNREFUSED' }]);
  });

  test('refuse keeps live connections and refuses new ones, until it is taken back', async () => {
    await make(echo);
    const client = proxy.createClient();
    client.write('a');
    await once(client, 'data');
    await proxy.refuse();
    const [error] = await once(connect(proxy.port, proxy.host), 'error').catch(reason => [reason]);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    client.write('b');
    expect(String(await once(client, 'data'))).toBe('b');
    await proxy.refuse(false);
    expect((await ask('c')).toString()).toBe('c');
  });

  test('what failed to listen can be tried again', async () => {
    await make(echo);
    const { port, host } = proxy;
    await proxy.refuse();
    const other = createServer().listen(port, host);
    await once(other, 'listening');
    await expect(proxy.refuse(false)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const second = new TcpProxy(host, 1, { port });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
    await once(other, 'close');
    await second.start();
    await second.close();
    await proxy.refuse(false);
    expect((await ask('a')).toString()).toBe('a');
  });

  test('pause holds all bytes until resume', async () => {
    await make(echo);
    proxy.pause();
    let answered = false;
    const answer = ask('a').then(bytes => {
      answered = true;
      return bytes;
    });
    await wait(30);
    expect(answered).toBe(false);
    proxy.resume();
    expect((await answer).toString()).toBe('a');
  });

  test.each(['read', 'write'] as const)('cutAfter lets exactly so many bytes pass (%s)', async direction => {
    const received: Buffer[] = [];
    await make(socket => {
      socket.on('data', bytes => received.push(bytes));
      echo(socket);
    });
    proxy.cutAfter(5, direction);
    const answer = await ask('0123456789');
    while (direction === 'read' && Buffer.concat(received).length < 5) await wait(1);
    expect((direction === 'read' ? Buffer.concat(received) : answer).toString()).toBe('01234');
    proxy.cutAfter(Number.POSITIVE_INFINITY, direction);
    expect((await ask('0123456789')).toString()).toBe('0123456789');
  });
});

test('slices are sent apart', async () => {
  await make(echo);
  proxy.slice(3, 5);
  // What arrives may have been joined by the system.
  const write = jest.spyOn(Socket.prototype, 'write');
  const began = now();
  expect(String(await ask('0123456789'))).toBe('0123456789');
  expect(now() - began).toBeGreaterThanOrEqual(14);
  const sent = write.mock.calls.map(([bytes]) => String(bytes)).filter(each => each.length < 10);
  // Slices that are due together, after a stall of the machine, are sent together.
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.map(each => Number(each[0]) % 3)).toEqual(sent.map(() => 0));
  write.mockRestore();
});

test('a bandwidth limits how fast bytes pass', async () => {
  await make(echo);
  proxy.setBandwidth({ read: 100_000 });
  const began = now();
  expect((await ask(Buffer.alloc(10_000))).length).toBe(10_000);
  expect(now() - began).toBeGreaterThanOrEqual(95);
  // The time is over when the last byte arrives, not at the end of the stream.
  const client = proxy.createClient();
  const again = now();
  client.write(Buffer.alloc(2000));
  for (let length = 0; length < 2000; ) length += ((await once(client, 'data')) as [Buffer])[0].length;
  expect(now() - again).toBeGreaterThanOrEqual(18);
  client.destroy();
});

test('jitter keeps the order of the bytes', async () => {
  await make(echo);
  proxy.setJitter({ read: 5, write: 5 });
  proxy.slice(7);
  const sent = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  expect((await ask(sent)).equals(sent)).toBe(true);
});

test.each([true, false])(
  'a large body arrives whole (buffered: %s), plain, sliced and slowed',
  async buffered => {
    await make(echo, { buffered });
    const sent = Buffer.alloc(2 ** 22, 'jest-loop');
    for (const shape of [
      () => {},
      () => proxy.slice(65_537),
      () => proxy.setBandwidth({ read: 2 ** 27, write: 2 ** 27 }),
    ]) {
      shape();
      expect((await ask(sent)).equals(sent)).toBe(true);
    }
  },
);

test('without a buffer it takes no more than the server does', async () => {
  let paused: Socket | undefined;
  await make(
    socket => {
      paused = socket;
      socket.pause();
    },
    { buffered: false },
  );
  const client = proxy.createClient();
  let sent = 0;
  const chunk = Buffer.alloc(2 ** 16);
  while (
    client.write(chunk) ||
    (await Promise.race([once(client, 'drain').then(() => true), wait(200, false)]))
  )
    if (++sent > 4000) break;
  expect(sent).toBeLessThan(4000);
  paused!.resume();
  client.destroy();
});

describe('its own life', () => {
  test('it starts once, has the port that it listens on, and may be closed twice', async () => {
    await make(echo);
    const { port } = proxy;
    await proxy.start();
    expect(proxy.port).toBe(port);
    await Promise.all([proxy.close(), proxy.close()]);
    await expect(proxy.start()).rejects.toMatchObject({ code: 'ERR_NETWORK_STATE' });
    const [error] = await once(connect(port, proxy.host), 'error').catch(reason => [reason]);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('one that never started closes', async () => {
    await new TcpProxy('localhost', 1).close();
  });

  test('close names what is open when its time is up', async () => {
    await make(echo);
    proxy.setContentProcessors(() => new Promise(() => {}), null);
    const client = proxy.createClient();
    client.on('error', () => {});
    client.write('a');
    while (proxy.clients.size === 0) await wait(1);
    await wait(10);
    await expect(proxy.close({ timeout: 50 })).rejects.toThrow(
      /TcpProxy.close\(\) took longer than 50 ms.\n {2}still open: .* => 127.0.0.1:\d+ \(content processor\)/,
    );
    proxy = undefined!;
  });

  test.each([
    () => new TcpProxy('', 1),
    () => new TcpProxy('localhost', 0),
    () => new TcpProxy('localhost', 70_000),
    () => new TcpProxy('localhost', 1, { port: -1 }),
    () => new TcpProxy('localhost', 1).setDelay({ read: -1 }),
    () => new TcpProxy('localhost', 1).setDelay({ read: Number.NaN }),
    () => new TcpProxy('localhost', 1).setDelay({ raed: 5 } as never),
    () => new TcpProxy('localhost', 1).setBandwidth({ write: 0 }),
    () => new TcpProxy('localhost', 1).setContentProcessors('x' as never, null),
    () => new TcpProxy('localhost', 1).cutAfter(1.5, 'read'),
    () => new TcpProxy('localhost', 1).cutAfter(1, 'up' as never),
    () => new TcpProxy('localhost', 1).slice(0),
    () => new TcpProxy('localhost', 1, null as never),
    () => new TcpProxy('localhost', 1, [] as never),
    () => new TcpProxy('localhost', 1).setDelay([] as never),
    () => new TcpProxy('localhost', 1).slowdown({}, 5 as never),
    () => new TcpProxy('localhost', 1).start(null as never),
    () => new TcpProxy('localhost', 1).start(5 as never),
    () => new TcpProxy('localhost', 1).start({ tiemout: 5 } as never),
    () => new TcpProxy('localhost', 1).close(null as never),
    () => new TcpProxy('localhost', 1).disconnectAll(null as never),
    () => new TcpProxy('localhost', 1).refuse('x' as never),
  ])('bad input is refused at once: %s', async call => {
    // Some throw, some reject.
    await expect((async () => await call())()).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_NETWORK_ARGUMENT' }),
    );
  });

  test('a port that the system chooses is not known before', () => {
    expect(() => new TcpProxy('localhost', 1).port).toThrow(/call `await proxy.start\(\)` first/);
  });
});

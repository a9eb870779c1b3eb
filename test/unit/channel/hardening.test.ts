import * as v8 from 'node:v8';
import { frame } from '../../../src/channel/frames';
import { knock } from '../../../src/channel/handshake';
import { Channels, firstLine, type Served, type Stranger, until } from './support';

const channels = new Channels();
afterEach(async () => {
  jest.restoreAllMocks();
  expect(await channels.closeAll()).toEqual([]);
});

/** A server with a client whose requests work before and after. */
async function serve(
  options: Parameters<Channels['server']>[0] = {},
): Promise<Served & { works(): Promise<void> }> {
  const served = await channels.server(options);
  const client = await channels.client(served);
  const works = async (): Promise<void> => {
    const text = `still here ${Math.random()}`;
    expect(await client.request('echo', text)).toBe(text);
  };
  await works();
  return { ...served, works };
}

/** Pseudo-random numbers, the same each time. */
function garbage(seed: number, length: number): Buffer {
  let state = seed * 2654435761 + 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 16;
    }),
  );
}

const head = (size: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(size);
  return bytes;
};

describe('a stranger', () => {
  test.each<[string, (token: string) => Buffer]>([
    ['garbage', () => garbage(1, 5000)],
    ['another protocol', () => Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a message without a token', () => frame(v8.serialize({ kind: 'request', id: 1, method: 'echo' }))],
    ['a wrong token', () => knock('f'.repeat(64), 1)],
    ['half of the token', token => knock(token.slice(0, 32), 1)],
    ['more than the token', token => knock(`${token}0`, 1)],
    [
      'the token and more in one frame',
      token => frame(Buffer.concat([knock(token, 1).subarray(4), Buffer.from('x')])),
    ],
    ['no token', () => knock('', 1)],
    ['an empty frame', () => head(0)],
    ['a frame of three bytes', () => frame(Buffer.from('abc'))],
    ['the head of a large frame', () => head(2 ** 20)],
    ['the head of the largest frame', () => head(2 ** 32 - 1)],
  ])('with %s is cut off, and nothing is decoded', async (_, bytes) => {
    // A stranger would have plenty of time.
    const served = await serve({ maxUnproven: { time: 1e6 } });
    const decode = jest.spyOn(v8.DefaultDeserializer.prototype, 'readValue');
    const stranger = channels.stranger(served);
    stranger.socket.write(bytes(served.token));
    await stranger.closed;
    expect(stranger.received).toBe(0);
    expect(decode).not.toHaveBeenCalled();
    await served.works();
    // The spy sees every decoded message.
    expect(decode).toHaveBeenCalled();
    expect(served.events).toEqual(['joined 1']);
  });

  test.each<[string, (stranger: Stranger, token: string) => void]>([
    ['says nothing', () => {}],
    ['says half of it', ({ socket }, token) => socket.write(knock(token, 1).subarray(0, 40))],
    ['says it byte by byte', ({ socket }) => void drip(socket)],
  ])('who %s is cut off when the time is up', async (_, act) => {
    const served = await serve({ maxUnproven: { time: 30 } });
    const stranger = channels.stranger(served);
    act(stranger, served.token);
    await stranger.closed;
    expect(stranger.received).toBe(0);
    await served.works();
    expect(served.events).toEqual(['joined 1']);
  });

  async function drip(socket: Stranger['socket']): Promise<void> {
    socket.write(head(68));
    for (let i = 0; i < 1000 && !socket.destroyed; i += 1) {
      socket.write('0');
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  test('that ends its side is cut off', async () => {
    const served = await serve({ maxUnproven: { time: 1e6 } });
    const stranger = channels.stranger(served);
    stranger.socket.end(head(68));
    await stranger.closed;
    await served.works();
  });

  test('whose token came while the server was busy is let in', async () => {
    const served = await serve({ maxUnproven: { time: 20 } });
    const stranger = channels.stranger(served);
    await new Promise(resolve => stranger.socket.once('connect', resolve));
    stranger.socket.write(knock(served.token, 7));
    const start = performance.now();
    while (performance.now() - start < 60);
    await until(() => stranger.received > 0);
    expect([...served.server.clients].map(({ pid }) => pid)).toContain(7);
  });

  test('whose token comes in pieces is let in, with what follows', async () => {
    const served = await serve();
    const stranger = channels.stranger(served);
    const request = frame(v8.serialize({ kind: 'request', id: 5, method: 'echo', payload: 'in pieces' }));
    for (const byte of Buffer.concat([knock(served.token, 7), request])) {
      stranger.socket.write(Buffer.of(byte));
      if (byte % 8 === 0) await new Promise(setImmediate);
    }
    await until(() => stranger.text.join('').includes('in pieces'));
  });

  test('among 200 of all kinds does not disturb a client', async () => {
    const served = await serve({ maxUnproven: { time: 60 } });
    const strangers = Array.from({ length: 200 }, (_, i) => {
      const stranger = channels.stranger(served);
      const { socket } = stranger;
      if (i % 5 === 0) socket.end(garbage(i, 200));
      else if (i % 5 === 1) socket.write(garbage(i, 20_000));
      else if (i % 5 === 2) socket.write(head(68));
      else if (i % 5 === 3) socket.once('connect', () => socket.destroy());
      return stranger;
    });
    for (let i = 0; i < 50; i += 1) await served.works();
    await Promise.all(strangers.map(({ closed }) => closed));
    await served.works();
    const late = await channels.client(served);
    expect(await late.request('echo', 1)).toBe(1);
    expect(served.events).toEqual(['joined 1', 'joined 2']);
  });
});

describe('a client with the token', () => {
  /** An invalid message. */
  const odd = (message: unknown): Buffer => frame(v8.serialize(message));
  const UNDECODABLE = /^the data received is not a message \(.+\)$/;

  test.each<[string, Buffer, RegExp]>([
    ['garbage in a frame', frame(garbage(3, 100)), UNDECODABLE],
    ['an empty frame', head(0), UNDECODABLE],
    ['text', odd('hello'), UNDECODABLE],
    ['nothing', odd(undefined), UNDECODABLE],
    ['an unknown kind', odd({ kind: 'toString', id: 1 }), UNDECODABLE],
    ['a request without a number', odd({ kind: 'request', method: 'x' }), UNDECODABLE],
    ['a request for no method', odd({ kind: 'request', id: 1, method: {} }), UNDECODABLE],
    [
      'half of a value',
      frame(v8.serialize({ kind: 'request', list: ['a', 'b'] }).subarray(0, -5)),
      UNDECODABLE,
    ],
    ['too much', head(1001), /^a message of 1001 bytes came; the limit is 1000 bytes$/],
    ['far too much', head(2 ** 32 - 1), /^a message of 4096 MiB came; the limit is 1000 bytes$/],
  ])('and sends %s learns why and is disconnected', async (_, bytes, reason) => {
    const served = await serve({ maxMessage: 1000 });
    const insider = await channels.insider(served);
    const client = [...served.server.clients].at(-1)!;
    const pending = firstLine(client.request('end', 1));
    insider.socket.write(bytes);
    const message = await pending;
    const why = /^The connection to the worker process \d+ was lost: (.*)\.$/.exec(message)![1]!;
    expect(why).toMatch(reason);
    await insider.closed;
    expect(insider.text.join('')).toContain(why);
    await until(() => served.events.length === 3);
    expect(served.events).toEqual(['joined 1', 'joined 2', 'left 2']);
    await served.works();
  });

  test('learns from its requests why it was disconnected', async () => {
    const served = await serve({ maxMessage: 1000, handle: (_, payload) => payload });
    const client = await channels.client(served, { maxMessage: 1e6 });
    expect(await firstLine(client.request('echo', 'x'.repeat(2000)))).toMatch(
      /^The connection to Jest's main process was lost: it said that a message of 20\d\d bytes came; the limit is 1000 bytes\.$/,
    );
    await served.works();
  });

  test('does no harm with answers to no request', async () => {
    const served = await serve();
    const insider = await channels.insider(served);
    insider.socket.write(
      Buffer.concat([odd({ kind: 'value', id: 77, value: 1 }), odd({ kind: 'notify', event: 'x' })]),
    );
    insider.socket.write(odd({ kind: 'request', id: 1, method: 'echo', payload: 'here' }));
    await until(() => insider.text.join('').includes('here'));
  });

  test('may answer with an error that is not one', async () => {
    const served = await serve();
    const insider = await channels.insider(served);
    const answer = firstLineOf([...served.server.clients].at(-1)!.request('x', 1));
    insider.socket.write(odd({ kind: 'error', id: 1, error: null }));
    expect(await answer).toBeNull();
    await served.works();
  });

  test('is gone when it ends its side', async () => {
    const served = await serve({
      handle: (method, payload) => (method === 'echo' ? payload : new Promise(() => {})),
    });
    const insider = await channels.insider(served);
    insider.socket.write(odd({ kind: 'request', id: 1, method: 'never' }));
    const pending = firstLine([...served.server.clients].at(-1)!.request('end', 1));
    insider.socket.end();
    expect(await pending).toMatch(/was lost: it ended\.$/);
    await insider.closed;
    await served.works();
  });

  test('is gone when it resets its connection within a frame', async () => {
    const served = await serve();
    const insider = await channels.insider(served);
    insider.socket.write(Buffer.concat([head(1000), garbage(1, 10)]), () => insider.socket.destroy());
    await until(() => served.events.length === 3);
    await served.works();
  });

  test('that never reads is dropped when too much is queued for it', async () => {
    const served = await serve({ maxMessage: 100_000 });
    const insider = await channels.insider(served);
    insider.socket.pause();
    const client = [...served.server.clients].at(-1)!;
    const pending = firstLine(client.request('end', 1));
    const payload = Buffer.alloc(90_000);
    let sent = 0;
    while (served.server.clients.has(client) && sent < 1000) {
      client.notify('much', payload);
      sent += 1;
      if (sent % 10 === 0) await new Promise(setImmediate);
    }
    expect(await pending).toMatch(/was lost: it did not read the data sent to it\.$/);
    await served.works();
    // The sockets' own buffers do not count; they hold a few hundred kilobytes.
    expect(sent).toBeLessThan(100);
  });
});

describe('a message that is too large', () => {
  const TOO_LARGE = (what: string): RegExp =>
    new RegExp(
      `^The ${what} is too large to send to another process: 20\\d\\d bytes; the limit is 1000 bytes\\.$`,
    );

  test('is not sent, and the connection lives on', async () => {
    const served = await serve({ maxMessage: 1000 });
    const client = await channels.client(served, { maxMessage: 1000 });
    const large = 'x'.repeat(2000);
    expect(await firstLine(client.request('echo', large))).toMatch(TOO_LARGE('request "echo"'));
    const other = [...served.server.clients].at(-1)!;
    expect(() => other.notify('news', large)).toThrow('The message "news" is too large');
    expect(await firstLine(other.request('end', large))).toMatch(TOO_LARGE('request "end"'));
    expect(await client.request('echo', 'x'.repeat(900))).toHaveLength(900);
  });

  test('as an answer is an error of the request', async () => {
    const served = await serve({
      maxMessage: 1000,
      handle: (method, payload) => {
        if (method === 'large') return 'x'.repeat(2000);
        if (method === 'throw') throw new Error('x'.repeat(2000));
        return payload;
      },
    });
    const client = await channels.client(served);
    expect(await firstLine(client.request('large', 1))).toMatch(TOO_LARGE('answer to the request "large"'));
    expect(await firstLine(client.request('throw', 1))).toMatch(
      /^The answer to the request "throw" is too large/,
    );
    expect(await client.request('echo', 1)).toBe(1);
  });

  test('is not one of many megabytes by default', async () => {
    const served = await serve();
    const client = await channels.client(served);
    const payload = Buffer.alloc(5 * 2 ** 20, 7);
    const answers = (await Promise.all([
      client.request('echo', payload),
      client.request('echo', payload),
    ])) as Buffer[];
    expect(answers.map(answer => answer.equals(payload))).toEqual([true, true]);
  });
});

async function firstLineOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    error => error,
  );
}

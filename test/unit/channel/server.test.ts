import * as fs from 'node:fs';
import { makeAddress } from '../../../src/channel/address';
import { ChannelServer } from '../../../src/channel/server';
import { Channels, firstLine, rejection, until } from './support';

const channels = new Channels();
afterEach(async () => expect(await channels.closeAll()).toEqual([]));

describe('listening', () => {
  test('makes a folder for this user only, and a socket', async () => {
    const { folder, address } = await channels.server();
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(fs.statSync(address).mode & 0o777).toBe(0o600);
    expect(fs.statSync(address).isSocket()).toBe(true);
  });

  test('refuses an existing folder, and leaves it alone', async () => {
    const place = makeAddress();
    fs.mkdirSync(place.folder!);
    const listening = ChannelServer.listen({ ...place, handle: () => {} });
    expect(await rejection(listening)).toMatchObject({ code: 'EEXIST' });
    fs.rmdirSync(place.folder!);
  });

  test('leaves nothing behind where it fails', async () => {
    const place = makeAddress();
    const address = `${place.folder}/${'x'.repeat(200)}`;
    await rejection(ChannelServer.listen({ ...place, address, handle: () => {} }));
    expect(fs.existsSync(place.folder!)).toBe(false);
  });

  test('twice at the same address, one after the other', async () => {
    const first = await channels.server();
    await first.server.close();
    const again = await ChannelServer.listen({ ...first, handle: () => 'again' });
    const client = await channels.client(first);
    expect(await client.request('x', 1)).toBe('again');
    await again.close();
  });
});

describe('a client', () => {
  test('gets the answer to each request', async () => {
    const served = await channels.server({
      handle: async (method, payload, client) => {
        if (payload === 1) await new Promise(resolve => setTimeout(resolve, 20));
        return { method, payload, id: client.id, pid: client.pid };
      },
    });
    const client = await channels.client(served);
    const answers = await Promise.all([client.request('a', 1), client.request('b', new Map([[1, 2]]))]);
    expect(answers).toEqual([
      { method: 'a', payload: 1, id: 1, pid: process.pid },
      { method: 'b', payload: new Map([[1, 2]]), id: 1, pid: process.pid },
    ]);
  });

  test('is in the set from joining to leaving', async () => {
    const { server, events, ...place } = await channels.server();
    const one = await channels.client(place);
    const two = await channels.client(place);
    expect([...server.clients].map(({ id, pid }) => ({ id, pid }))).toEqual([
      { id: 1, pid: process.pid },
      { id: 2, pid: process.pid },
    ]);
    await one.close();
    await until(() => events.length === 3);
    expect([...server.clients].map(({ id }) => id)).toEqual([2]);
    await two.close();
    await until(() => events.length === 4);
    expect(events).toEqual(['joined 1', 'joined 2', 'left 1', 'left 2']);
  });

  test('can get notifications and requests as soon as it joins', async () => {
    const heard: unknown[] = [];
    const answers: unknown[] = [];
    const served = await channels.server({
      joined: client => {
        client.notify('hello', client.id);
        void client.request('name', undefined).then(answer => answers.push(answer));
      },
    });
    const client = await channels.client(served, { handle: method => `${method} of mine` });
    client.on('hello', payload => heard.push(payload));
    await until(() => answers.length === 1 && heard.length === 1);
    expect([heard, answers]).toEqual([[1], ['name of mine']]);
  });

  test('that leaves rejects pending requests to it', async () => {
    const served = await channels.server();
    const client = await channels.client(served, { handle: () => new Promise(() => {}) });
    const answer = rejection(served.client().request('end', undefined));
    await client.close();
    const error = await answer;
    expect(error.message.split('\n')[0]).toBe(
      `The connection to the worker process ${process.pid} was lost: it ended.`,
    );
    expect(error).toMatchObject({ code: 'ERR_CHANNEL_LOST' });
    expect(error.stack).toContain(__filename);
  });

  test('that has left gets no notifications and no requests', async () => {
    const served = await channels.server();
    const client = await channels.client(served);
    const seen = served.client();
    await client.close();
    await until(() => served.events.length === 2);
    seen.notify('anybody?', 1);
    expect(await firstLine(seen.request('anybody?', 1))).toMatch(
      /^The connection to .* was lost: it ended\.$/,
    );
  });

  test('gets an error for an answer that cannot be copied', async () => {
    const served = await channels.server({ handle: () => ({ pool: { connect: () => {} } }) });
    const client = await channels.client(served);
    expect(() => served.client().notify('x', { fn: () => {} })).toThrow(
      'The message "x" cannot be sent to another process: value.fn is a function.',
    );
    expect(await firstLine(served.client().request('x', Symbol('a')))).toBe(
      'The request "x" cannot be sent to another process: value is a symbol.',
    );
    expect(await firstLine(client.request('x', 1))).toBe(
      'The answer to the request "x" cannot be sent to another process: value.pool.connect is a function.',
    );
    expect(await rejection(client.request('x', 1))).toMatchObject({ code: 'ERR_CHANNEL_MESSAGE' });
  });

  test('gets the error that the handler threw', async () => {
    const thrown = Object.assign(new RangeError('too many', { cause: new Error('why') }), { code: 'E_MANY' });
    const served = await channels.server({
      handle: () => {
        throw thrown;
      },
    });
    const client = await channels.client(served);
    const error = await rejection(client.request('x', 1));
    expect(error).toMatchObject({ message: 'too many', code: 'E_MANY', stack: thrown.stack });
    expect(error).toBeInstanceOf(RangeError);
    expect(error.cause).toMatchObject({ message: 'why' });
  });
});

describe('listeners that throw', () => {
  test('do no harm', async () => {
    const errors: unknown[] = [];
    const queue = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation(callback => {
      try {
        callback();
      } catch (error) {
        errors.push((error as Error).message);
      }
    });
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const served = await channels.server({ joined: fail('joined'), left: fail('left') });
    const client = await channels.client(served);
    client.on('news', fail('news'));
    served.client().notify('news', 1);
    expect(await client.request('x', 'still there')).toBe('still there');
    await client.close();
    await until(() => errors.length === 3);
    queue.mockRestore();
    expect(errors).toEqual(['joined', 'news', 'left']);
  });
});

describe('closing', () => {
  test('ends connections, removes the folder, and is idempotent', async () => {
    const served = await channels.server({ handle: () => new Promise(() => {}) });
    const client = await channels.client(served);
    const stranger = channels.stranger(served);
    const answer = rejection(client.request('x', 1));
    const asked = served.server.close();
    expect(served.server.close()).toBe(asked);
    await asked;
    expect(fs.existsSync(served.folder)).toBe(false);
    expect((await answer).message).toMatch("The connection to Jest's main process was lost: it ended.");
    await Promise.all([client.closed, stranger.closed]);
    expect(served.events).toEqual(['joined 1', 'left 1']);
  });

  test('rejects requests of the server', async () => {
    const served = await channels.server();
    await channels.client(served, { handle: () => new Promise(() => {}) });
    const answer = firstLine(served.client().request('x', 1));
    await served.server.close();
    expect(await answer).toMatch(/was lost: it was closed on this side\.$/);
  });

  test('sends queued messages first', async () => {
    const served = await channels.server();
    const client = await channels.client(served);
    const heard: unknown[] = [];
    client.on('last', payload => heard.push((payload as Buffer).length));
    served.client().notify('last', Buffer.alloc(2 ** 20));
    await served.server.close();
    await client.closed;
    expect(heard).toEqual([2 ** 20]);
  });

  test('does not wait for a client that never reads', async () => {
    const served = await channels.server();
    const silent = await channels.insider(served);
    silent.socket.pause();
    served.client().notify('much', Buffer.alloc(2 ** 20));
    await served.server.close();
    expect(served.events).toEqual(['joined 1', 'left 1']);
  });
});

import { AsyncLocalStorage } from 'node:async_hooks';
import { makeAddress } from '../../../src/channel/address';
import { ChannelClient } from '../../../src/channel/client';
import { ChannelServer } from '../../../src/channel/server';
import { headOf } from '../../../src/errors/problem';
import { Programs } from './processes';
import { Channels, firstLine, rejection, until } from './support';

const channels = new Channels();
const programs = new Programs();
afterEach(async () => expect(await channels.closeAll()).toEqual([]));
afterAll(() => programs.end());

describe('connecting', () => {
  test('retries until a server listens', async () => {
    const place = makeAddress();
    const connecting = ChannelClient.connect(place);
    await new Promise(resolve => setTimeout(resolve, 50));
    const server = await ChannelServer.listen({ ...place, handle: () => 'late' });
    const client = await connecting;
    expect(await client.request('x', 1)).toBe('late');
    await server.close();
  });

  test('gives up after a while', async () => {
    const place = makeAddress();
    const error = await rejection(ChannelClient.connect({ ...place, retryFor: 40 }));
    expect(error).toMatchObject({ code: 'ERR_CHANNEL_REFUSED' });
    expect(error.message).toContain("Jest's main process could not be reached within 40 ms.");
    expect(error.message).toContain(place.address);
    expect(error.message).toContain('ENOENT');
  });

  test('does not retry where that is pointless', async () => {
    // Retries would take longer than the test's timeout.
    const retryFor = 1e6;
    const error = await rejection(
      ChannelClient.connect({ retryFor, address: `${__filename}/s`, token: 'x' }),
    );
    expect(error).toMatchObject({ code: 'ERR_CHANNEL_REFUSED' });
    expect(error.message).toContain('ENOTDIR');
  });

  test('with another token is refused', async () => {
    const served = await channels.server();
    const error = await rejection(ChannelClient.connect({ ...served, token: 'f'.repeat(64) }));
    expect(error).toMatchObject({ code: 'ERR_CHANNEL_REFUSED' });
    expect(error.message.split('\n')[0]).toBe("Jest's main process refused the connection.");
    expect(error.message).not.toContain(served.token);
    expect(served.events).toEqual([]);
  });
});

describe('a client', () => {
  test('answers the server', async () => {
    const served = await channels.server();
    await channels.client(served, { handle: (method, payload) => ({ method, payload }) });
    expect(await served.client().request('end', [1])).toEqual({ method: 'end', payload: [1] });
  });

  test('without a handler says so', async () => {
    const served = await channels.server();
    await channels.client(served);
    expect(await firstLine(served.client().request('end', [1]))).toBe('Unknown request "end".');
  });

  test('sends the server any error of its handler', async () => {
    const served = await channels.server();
    const thrown = [new TypeError('no'), 'text', undefined, { code: 1 }];
    await channels.client(served, {
      handle: async (_, index) => {
        throw thrown[index as number];
      },
    });
    const { request } = served.client();
    await expect(request('x', 0)).rejects.toMatchObject({ name: 'TypeError', message: 'no' });
    await expect(request('x', 1)).rejects.toBe('text');
    await expect(request('x', 2)).rejects.toBe(undefined);
    await expect(request('x', 3)).rejects.toEqual({ code: 1 });
  });

  test('receives events in order until it stops listening', async () => {
    const served = await channels.server();
    const client = await channels.client(served);
    const heard: unknown[] = [];
    const stop = client.on('a', payload => heard.push(['first', payload]));
    client.on('a', payload => heard.push(['second', payload]));
    const { notify } = served.client();
    notify('b', 0);
    notify('a', 1);
    await until(() => heard.length === 2);
    stop();
    notify('a', 2);
    await until(() => heard.length === 3);
    expect(heard).toEqual([
      ['first', 1],
      ['second', 1],
      ['second', 2],
    ]);
  });

  test('handles messages outside the context that it connected in, and sends requests inside', async () => {
    const storage = new AsyncLocalStorage<string>();
    const served = await channels.server();
    const seen: unknown[] = [];
    await storage.run('a test', async () => {
      const client = await channels.client(served, { handle: () => storage.getStore() ?? 'outside' });
      client.on('news', () => seen.push(storage.getStore() ?? 'outside'));
      served.client().notify('news', 1);
      expect(await served.client().request('x', 1)).toBe('outside');
      await client.request('x', 1);
      expect(storage.getStore()).toBe('a test');
    });
    expect(seen).toEqual(['outside']);
  });

  test('that is closed rejects pending and later requests', async () => {
    const served = await channels.server({ handle: () => new Promise(() => {}) });
    const client = await channels.client(served);
    const pending = firstLine(client.request('x', 1));
    await client.close();
    await client.closed;
    const lost = "The connection to Jest's main process was lost: it was closed on this side.";
    expect(await pending).toBe(lost);
    expect(await firstLine(client.request('x', 1))).toBe(lost);
    await client.close();
  });

  test('shows where a failed request was made', async () => {
    const served = await channels.server({ handle: () => new Promise(() => {}) });
    const client = await channels.client(served);
    const pending = rejection(client.request('x', 1));
    await served.server.close();
    const { stack, message } = await pending;
    expect(stack!.startsWith(`${headOf({ code: 'ERR_CHANNEL_LOST', message })}\n    at `)).toBe(true);
    expect(stack).toContain(__filename);
  });
});

describe('a process', () => {
  const CONNECT = 'const client = await channel.ChannelClient.connect({ ...given, handle: slow });';
  const SLOW = 'const slow = () => new Promise(resolve => setTimeout(resolve, 50, "slow").unref());';

  test('ends while connected', async () => {
    const served = await channels.server();
    const program = programs.start(`${SLOW} ${CONNECT} say("connected");`, served);
    expect(await program.ended).toEqual({ code: 0, signal: null, output: 'connected\n' });
    await until(() => served.events.length === 2);
    expect(served.events).toEqual(['joined 1', 'left 1']);
  });

  test('does not end while it waits for an answer', async () => {
    const served = await channels.server({
      handle: () => new Promise(resolve => setTimeout(resolve, 60, 'answer')),
    });
    const program = programs.start(`${SLOW} ${CONNECT} say(await client.request("x", 1));`, served);
    expect(await program.ended).toEqual({ code: 0, signal: null, output: 'answer\n' });
  });

  test('does not end while it owes an answer', async () => {
    const answers: unknown[] = [];
    const served = await channels.server({
      joined: client => void client.request('end', 1).then(answer => answers.push(answer)),
    });
    const program = programs.start(`${SLOW} ${CONNECT} await client.request("x", 1);`, served);
    expect((await program.ended).code).toBe(0);
    expect(answers).toEqual(['slow']);
  });

  test('is not kept alive by its server, whose folder goes with it', async () => {
    const place = makeAddress();
    const program = programs.start(
      `await channel.ChannelServer.listen({ ...given, handle: (_, x) => x });
       const client = await channel.ChannelClient.connect(given);
       say(await client.request("x", require("node:fs").existsSync(given.folder)));`,
      place,
    );
    expect(await program.ended).toEqual({ code: 0, signal: null, output: 'true\n' });
    expect(require('node:fs').existsSync(place.folder!)).toBe(false);
  });

  test('is not kept alive by strangers', async () => {
    const place = makeAddress();
    const body = `const maxUnproven = { time: 1e6 };
      await channel.ChannelServer.listen({ ...given, maxUnproven, handle() {} });
      say("listening");
      process.stdin.once("data", () => process.stdin.destroy());`;
    const program = programs.start(body, place);
    await until(() => program.output === 'listening\n');
    const stranger = channels.stranger(place);
    await new Promise(resolve => stranger.socket.once('connect', resolve));
    program.child.stdin!.end('go on');
    expect((await program.ended).code).toBe(0);
    await stranger.closed;
  });

  test('closes its server before it ends', async () => {
    const program = programs.start(
      `const server = await channel.ChannelServer.listen({ ...given, handle: (_, x) => x });
       await channel.ChannelClient.connect(given);
       await server.close();
       say("closed");`,
      makeAddress(),
    );
    expect(await program.ended).toEqual({ code: 0, signal: null, output: 'closed\n' });
  });

  test('that is killed rejects requests to it, with its pid', async () => {
    const served = await channels.server({ handle: () => new Promise(() => {}) });
    const body = `const client = await channel.ChannelClient.connect({ ...given, handle: () => new Promise(() => {}) });
      const waiting = client.request("x", 1);
      say("asked"); await waiting;`;
    const program = programs.start(body, served);
    const other = await channels.client(served, { handle: () => 'here' });
    await until(() => program.output === 'asked\n' && served.server.clients.size === 2);
    const killed = [...served.server.clients].find(({ pid }) => pid === program.child.pid)!;
    const pending = firstLine(killed.request('end', 1));
    program.child.kill('SIGKILL');
    expect(await pending).toBe(
      `The connection to the worker process ${program.child.pid} was lost: it ended.`,
    );
    await until(() => served.server.clients.size === 1);
    expect(await served.client().request('x', 1)).toBe('here');
    await other.close();
  });
});

import { FACTS, Facts, factsOver, type SharedFacts } from '../../../src/channel/facts';
import { Channels, rejection, until } from './support';

const channels = new Channels();
afterEach(async () => expect(await channels.closeAll()).toEqual([]));

/** The facts, and connections to them. */
async function setUp(clients: number) {
  const facts = new Facts();
  const served = await channels.server({ handle: (_, payload) => facts.answer(payload) });
  const connected = await Promise.all(Array.from({ length: clients }, () => channels.client(served)));
  return { facts, served, connected, over: connected.map(factsOver) };
}

async function one(): Promise<SharedFacts> {
  return (await setUp(1)).over[0]!;
}

describe.each([
  ['in process', async () => new Facts()],
  ['over a channel', one],
])('%s', (_, make: () => Promise<SharedFacts>) => {
  test('the first claim of a key wins', async () => {
    const facts = await make();
    expect(await facts.claim('port', 80)).toBe(true);
    expect(await facts.claim('port', 80)).toBe(false);
    expect(await facts.claim('port', 81)).toBe(true);
    expect(await facts.claim('port', '80')).toBe(true);
    expect(await facts.claim('udp', 80)).toBe(true);
    expect(await facts.claim('__proto__', 'constructor')).toBe(true);
  });

  test('a released key can be claimed again', async () => {
    const facts = await make();
    await facts.claim('port', 80);
    await facts.release('port', 80);
    await facts.release('port', 81);
    await facts.release('nothing', 81);
    expect([await facts.claim('port', 80), await facts.claim('port', 80)]).toEqual([true, false]);
  });

  test('numbers go up, each kind by itself', async () => {
    const facts = await make();
    const numbers = [
      await facts.next('a'),
      await facts.next('a'),
      await facts.next('b'),
      await facts.next('a'),
    ];
    expect(numbers).toEqual([1, 2, 1, 3]);
  });
});

test('concurrent requests get different answers', async () => {
  const { facts, over } = await setUp(4);
  const all = [facts, ...over];
  const numbers = await Promise.all(Array.from({ length: 100 }, (_, i) => all[i % all.length]!.next('name')));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  const claims = await Promise.all(
    Array.from({ length: 100 }, (_, i) => all[i % all.length]!.claim('x', i % 20)),
  );
  expect(claims.filter(Boolean)).toHaveLength(20);
});

test('a claim outlives its client', async () => {
  const { over, connected, served } = await setUp(2);
  expect(await over[0]!.claim('port', 80)).toBe(true);
  await connected[0]!.close();
  await until(() => served.server.clients.size === 1);
  expect(await over[1]!.claim('port', 80)).toBe(false);
});

test.each([
  [undefined],
  ['claim'],
  [{ ask: 'claim', kind: 'port' }],
  [{ ask: 'claim', kind: 'port', key: {} }],
  [{ ask: 'next', kind: 1 }],
  [{ ask: 'constructor', kind: 'port', key: 1 }],
])('%j is no question', async payload => {
  const { connected } = await setUp(1);
  expect(await rejection(connected[0]!.request(FACTS, payload))).toMatchObject({
    code: 'ERR_CHANNEL_MESSAGE',
    message: expect.stringMatching(/^Unknown request "facts"\./),
  });
});

import * as net from 'node:net';
import { Loop } from '../../src/loop';
import { TcpProxy } from '../../src/network/tcp-proxy';
import * as fc from '../fast-check';
import { sized } from '../sizes';
import { BACKENDS, type Backend, withBackend } from '../unit/backends/support';

/*
 * Random schedules of faults, between a client and a server that sends back what it gets. What no fault has cut
 * arrives whole and in order, and nothing of the proxy is left.
 */
const RUNS = sized(12, 200);
const SIZE = 50_000;

type Fault =
  | { readonly kind: 'delay' | 'jitter'; readonly read: number; readonly write: number }
  | { readonly kind: 'bandwidth' | 'slice'; readonly amount: number }
  | { readonly kind: 'pause' | 'end' | 'reset' | 'refuse' }
  | { readonly kind: 'cut'; readonly bytes: number; readonly direction: 'read' | 'write' };

const ms = fc.integer({ min: 0, max: 5 });
const gentle: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('delay' as const, 'jitter' as const), read: ms, write: ms }),
  fc.record({
    kind: fc.constantFrom('bandwidth' as const, 'slice' as const),
    amount: fc.integer({ min: 4000, max: 10_000_000 }).map(each => (each > 9_000_000 ? Infinity : each)),
  }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'refuse' as const) }),
);
const cutting: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('end' as const, 'reset' as const) }),
  fc.record({
    kind: fc.constant('cut' as const),
    bytes: fc.integer({ min: 0, max: SIZE }),
    direction: fc.constantFrom('read' as const, 'write' as const),
  }),
);
const scheduleOf = (fault: fc.Arbitrary<Fault>) =>
  fc.array(fc.record({ wait: ms, fault }), { minLength: 1, maxLength: 6 });

async function apply(proxy: TcpProxy, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'delay':
      return proxy.setDelay({ read: fault.read, write: fault.write });
    case 'jitter':
      return proxy.setJitter({ read: fault.read, write: fault.write });
    case 'bandwidth':
      return proxy.setBandwidth({ read: fault.amount * 100, write: fault.amount * 100 });
    case 'slice':
      return proxy.slice(fault.amount, fault.amount % 2 || 0);
    case 'pause':
      proxy.pause();
      setTimeout(() => proxy.resume(), 5);
      return;
    case 'refuse':
      await proxy.refuse();
      return proxy.refuse(false);
    case 'end':
      return proxy.disconnectAll();
    case 'reset':
      return proxy.disconnectAll({ reset: true });
    case 'cut':
      return proxy.cutAfter(fault.bytes, fault.direction);
  }
}

const sent = Buffer.from(Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) % 256));
let server: net.Server;
const open = new Set<net.Socket>();
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

beforeAll(async () => {
  process.on('uncaughtException', note).on('unhandledRejection', note);
  server = net.createServer({ allowHalfOpen: true }, socket => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.pipe(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  process.off('uncaughtException', note).off('unhandledRejection', note);
  await new Promise(resolve => server.close(resolve));
});

type Schedule = readonly { readonly wait: number; readonly fault: Fault }[];

/** What arrived, and whether the connection ended in order. */
interface Arrived {
  readonly got: Buffer;
  readonly inOrder: boolean;
  readonly proxy: TcpProxy;
}

/** Sends all through a proxy while a schedule runs, in a Loop. */
async function throughIn(backend: Backend, schedule: Schedule, buffered: boolean): Promise<Arrived> {
  return await withBackend(backend, async on => {
    const loop = on.put(new Loop({ name: 'client' }));
    try {
      return await loop.run(() => through(schedule, buffered));
    } finally {
      await loop.close();
    }
  });
}

async function through(schedule: Schedule, buffered: boolean): Promise<Arrived> {
  const { port } = server.address() as net.AddressInfo;
  const proxy = await new TcpProxy('127.0.0.1', port, { buffered }).start();
  const client = proxy.createClient();
  const parts: Buffer[] = [];
  let inOrder = false;
  const closed = new Promise<void>(resolve => {
    client
      .on('data', part => void parts.push(part))
      .on('end', () => {
        inOrder = true;
      });
    client.on('error', () => {}).on('close', () => resolve());
  });
  client.end(sent);
  // A connection that still waits to be accepted is lost when the proxy refuses.
  while (proxy.clients.size === 0) await new Promise(resolve => setImmediate(resolve));
  for (const { wait, fault } of schedule) {
    await new Promise(resolve => setTimeout(resolve, wait));
    await apply(proxy, fault);
  }
  await closed;
  await proxy.close({ timeout: 5000 });
  return { got: Buffer.concat(parts), inOrder, proxy };
}

function checkNothingLeft(proxy: TcpProxy): void {
  expect(proxy.clients.size).toBe(0);
  expect(proxy.errors).toEqual([]);
  expect(unhandled).toEqual([]);
}

test.each(BACKENDS)(
  'without a cut every byte arrives, in order, on %s',
  async backend => {
    await fc.assert(
      fc.asyncProperty(scheduleOf(gentle), fc.boolean(), async (schedule, buffered) => {
        const { got, inOrder, proxy } = await throughIn(backend, schedule, buffered);
        expect(inOrder).toBe(true);
        expect(got.equals(sent)).toBe(true);
        checkNothingLeft(proxy);
      }),
      { numRuns: RUNS / 2, endOnFailure: true, timeout: 20_000 },
    );
  },
  300_000,
);

test.each(BACKENDS)(
  'with cuts what arrives is the beginning of what was sent, on %s',
  async backend => {
    await fc.assert(
      fc.asyncProperty(scheduleOf(fc.oneof(gentle, cutting)), fc.boolean(), async (schedule, buffered) => {
        const { got, proxy } = await throughIn(backend, schedule, buffered);
        expect(got.equals(sent.subarray(0, got.length))).toBe(true);
        checkNothingLeft(proxy);
      }),
      { numRuns: RUNS / 2, endOnFailure: true, timeout: 20_000 },
    );
  },
  300_000,
);

test('no socket is left at the server', async () => {
  for (let tries = 0; tries < 100 && open.size > 0; tries++)
    await new Promise(resolve => setTimeout(resolve, 20));
  expect(open.size).toBe(0);
});

import { expect, test } from 'jest-loop';
import { POOL_SIZE } from '../src/ledger';

test('a payment is booked', async ({ ledger }) => {
  await ledger.pay('calm', 5);
  expect(await ledger.total('calm')).toBe(5);
});

test('a slow network: the payments are booked, over no more connections than the pool has', async ({
  ledger,
  network,
}) => {
  let most = 0;
  await network.slowdown({ read: 20, write: 20 }, async () => {
    const payments = Array.from({ length: 12 }, async () => {
      await ledger.pay('slow', 1);
      most = Math.max(most, network.clients.size);
    });
    await Promise.all(payments);
  });
  expect(await ledger.total('slow')).toBe(12);
  expect(most).toBe(POOL_SIZE);
});

test('a connection that is reset while idle is replaced', async ({ ledger, network }) => {
  await ledger.pay('reset', 1);
  await network.disconnectAll({ reset: true });
  await ledger.pay('reset', 1);
  expect(await ledger.total('reset')).toBe(2);
});

test('a cut in the middle of the answer: the payment is booked once', async ({ ledger, network }) => {
  await ledger.total('cut');
  const [connection] = network.clients;
  // The database books the payment, and the client gets three bytes of the answer.
  network.cutAfter(3, 'write');
  const paying = ledger.pay('cut', 5);
  await connection!.closed;
  network.cutAfter(Number.POSITIVE_INFINITY, 'write');
  await paying;
  expect(await ledger.total('cut')).toBe(5);
});

test('a refused connection: the client tries again', async ({ ledger, network }) => {
  await network.refuse();
  const paying = ledger.pay('refused', 5);
  await network.refuse(false);
  await paying;
  expect(await ledger.total('refused')).toBe(5);
});

test('the database dies and comes back: what was booked stays, what was not is booked then', async ({
  ledger,
  database,
}) => {
  await ledger.pay('died', 1);
  await database.kill();
  const paying = ledger.pay('died', 2);
  await database.comeBack();
  await paying;
  expect(await ledger.total('died')).toBe(3);
});

test('a network that swallows everything: the client gives up in time', {
  timeout: 2000,
  overrides: { patience: 100 },
}, async ({ ledger, network }) => {
  await ledger.total('silent');
  network.pause();
  await expect(ledger.pay('silent', 5)).rejects.toThrow(/timeout/i);
});

import { describe, expect, test } from 'jest-loop';

describe('with an existing order', () => {
  // Lives for the block, in a transaction around those of the tests.
  const shop = test.extend('first', { scope: 'describe' }, async function* ({ connection }) {
    await connection.begin();
    await connection.insert('orders', { number: 1, what: 'chequebook' });
    yield 1;
    await connection.rollback();
    expect(await connection.select('orders')).toEqual([]);
  });

  shop.each([2, 3])('order %i comes after it', async (number, { db, first }) => {
    await db.insert('orders', { number, what: 'card' });
    expect((await db.select('orders')).map(row => row.number)).toEqual([first, number]);
  });

  test('later orders end with their tests', async ({ db }) => {
    expect(await db.select('orders')).toHaveLength(1);
  });
});

test('no order outside the block', async ({ db }) => {
  expect(await db.select('orders')).toEqual([]);
});

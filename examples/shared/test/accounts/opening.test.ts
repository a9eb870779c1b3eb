import { expect, test } from 'jest-loop';
import { openAccount, ordersOf } from '../../src/bank';

test('an account comes with a card', async ({ db }) => {
  await openAccount(db, 'Ada', 1);
  expect(await db.select('accounts')).toEqual([{ name: 'Ada' }]);
  expect(await ordersOf(db, 'Ada')).toEqual([1]);
});

test('the previous test left nothing behind: the same name and number work again', async ({ db }) => {
  expect(await db.select('accounts')).toEqual([]);
  await openAccount(db, 'Ada', 1);
});

test('an account is not opened if its card cannot be ordered', async ({ db }) => {
  await openAccount(db, 'Ada', 1);
  await expect(openAccount(db, 'Grace', 1)).rejects.toThrow('"orders" has a row with number 1 already');
  expect(await db.select('accounts')).toEqual([{ name: 'Ada' }]);
});

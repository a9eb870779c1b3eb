import { expect, test } from 'jest-loop';

test.each(['Ada', 'Ada'])('a name is unique: %s', async (name, { db }) => {
  // Fails if the first of these tests, or a test in another file or worker, left its account behind.
  await db.insert('accounts', { name });
  await expect(db.insert('accounts', { name })).rejects.toThrow(
    '"accounts" has a row with name "Ada" already',
  );
});

test.failing('a failing test leaves nothing behind', async ({ db }) => {
  await db.insert('accounts', { name: 'Ada' });
  expect('this test').toBe('failing');
});

test('so the next test finds nothing', async ({ db }) => {
  expect(await db.select('accounts')).toEqual([]);
});

import { expect, test } from 'jest-loop';

test.each(['Ada', 'Ada'])('a name is taken once: %s', async (name, { db }) => {
  // Had the first of these tests, or a test of another file or worker, left its account, this would fail.
  await db.insert('accounts', { name });
  await expect(db.insert('accounts', { name })).rejects.toThrow(
    '"accounts" has a row with name "Ada" already',
  );
});

test.failing('a test that fails leaves nothing either', async ({ db }) => {
  await db.insert('accounts', { name: 'Ada' });
  expect('this test').toBe('one that fails');
});

test('which this one sees', async ({ db }) => {
  expect(await db.select('accounts')).toEqual([]);
});

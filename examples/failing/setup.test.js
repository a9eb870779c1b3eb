test('a failing set-up is reported on its requester', ({ user }) => {
  expect(user.name).toBe('ada');
});

test('the next test fails with it, too, and with where it was first seen', async ({ database }) => {
  await database.query('select 1');
});

test('a set-up that never ends is given up', async ({ replica }) => {
  await replica.query('select 1');
});

test('a test without the fixture passes', () => {});

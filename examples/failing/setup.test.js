test('a failing set-up is reported on the test that asked for it', ({ user }) => {
  expect(user.name).toBe('ada');
});

test('the next test is told the same, and where it was first seen', async ({ database }) => {
  await database.query('select 1');
});

test('a set-up that never ends is given up', async ({ replica }) => {
  await replica.query('select 1');
});

test('a test that does not ask passes', () => {});

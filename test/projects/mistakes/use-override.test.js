fixture('p', 1);
describe('in a block', () => {
  test.override('p', async ({}, use) => {
    await use(2);
  });
});

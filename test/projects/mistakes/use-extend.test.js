test.extend('p', async ({}, use) => {
  await use(1);
});

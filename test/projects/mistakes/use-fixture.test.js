fixture('p', async ({}, use) => {
  await use(1);
});

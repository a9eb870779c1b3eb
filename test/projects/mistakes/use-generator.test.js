test.extend('p', async function* (_, use) {
  await use(1);
});

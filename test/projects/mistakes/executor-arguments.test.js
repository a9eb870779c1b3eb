test('arguments of an executor that are no array', async ({ threadPoolExecutor }) => {
  await threadPoolExecutor.run(n => n + 1, 1);
});

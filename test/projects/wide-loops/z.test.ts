test('does not use it', async ({ loopOfWorker }) => {
  await new Promise(resolve => setTimeout(resolve, 500));
});

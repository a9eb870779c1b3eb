fixture('auto', { auto: true }, 'auto');
test.concurrent('a concurrent one', async () => {});
test.concurrent('one with a fixture', async ({ auto }) => expect(auto).toBe('auto'));

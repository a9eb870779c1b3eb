fixture('p', 1);
const overrides = {
  p: async ({}, use) => {
    await use(2);
  },
};
test('a test', { overrides }, ({ p }) => {});

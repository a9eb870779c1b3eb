const t = test.extend({
  early: async ({}, use) => {
    use(1);
  },
  slow: async ({}, use) => {
    use(1);
    await new Promise(resolve => setTimeout(resolve, 20));
  },
  raced: async ({}, use) => {
    await Promise.race([use(1), undefined]);
  },
  sync: ({}, use) => {
    use(1);
  },
  returned: ({}, use) => use(1),
  later: async ({}, use) => {
    const ended = use(1);
    await new Promise(resolve => setTimeout(resolve, 20));
    await ended;
  },
});
const wide = test.extend({
  wide: [
    async ({}, use) => {
      use(1);
    },
    { scope: 'describe' },
  ],
});
t('ended at once', ({ early }) => expect(early).toBe(1));
t('goes on beside the test', ({ slow }) => {});
t('awaited with something else', ({ raced }) => new Promise(resolve => setTimeout(resolve, 10)));
t('a synchronous one has no teardown', ({ sync }) => {});
t('returned or awaited later', ({ returned, later }) => {});
wide('of a wider scope', ({ wide }) => {});

const t = test.extend({
  notCalled: async ({}, use) => {},
  twice: async ({}, use) => {
    await use(1);
    await use(2);
  },
  swallowed: async ({}, use) => {
    use(1);
    try {
      use(2);
    } catch {}
  },
  after: async ({}, use) => {
    await use(1);
    throw new Error('after use');
  },
});
t('not called', ({ notCalled }) => {});
t('called twice', ({ twice }) => {});
t('called twice, swallowed', ({ swallowed }) => {});
t('an error after it is a teardown error', ({ after }) => {});

const t = test.extend({ db: [async ({}, use) => use(1), { scope: 'file' }, 1] });
t('is not run', ({ db }) => {});

test.extend({ db: [async ({}, use) => use(1), { scop: 'file' }] });

fixture('db', [async ({}, use) => use(1), { scope: 'file' }]);

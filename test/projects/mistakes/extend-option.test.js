test.extend({ page: [async ({}, use) => use(1), { option: true }] });

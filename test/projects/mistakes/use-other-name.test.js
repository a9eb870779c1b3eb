fixture('p', async ({}, provide) => {
  await provide(1);
});
fixture('fine', ({}, use) => use.name);
test('calls it by another name', ({ p }) => {});
test('a request may have any name', ({ fine }) => expect(fine).toBe('fine'));

// Members of the request in the first parameter of a fixture, which is for fixtures.
fixture('value', { params: [1, 2] }, ({ param }) => param);
fixture('cleaned', ({ onCleanup }) => onCleanup(() => {}));
const t = test.extend({
  used: async ({ get }, use) => {
    await use(await get('value'));
  },
});

test('its parameter', ({ value }) => {});
test('a method', ({ cleaned }) => {});
t('a method, with use', ({ used }) => {});

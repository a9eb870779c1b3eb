for (const name of ['toString', 'constructor', 'then', 'hasOwnProperty', '__proto__'])
  fixture(name, `own ${name}`);
test('names of object members', ({ toString, constructor, then, hasOwnProperty, __proto__: proto }) => {
  expect([toString, constructor, then, hasOwnProperty, proto]).toEqual([
    'own toString',
    'own constructor',
    'own then',
    'own hasOwnProperty',
    'own __proto__',
  ]);
});
test('are not found where they are not declared', ({ isPrototypeOf = 'default' }) =>
  expect(isPrototypeOf).toBe('default'));
test('request by request.get', async ({ request }) =>
  expect((await request.get('request')).name).toBe(request.name));
test('a name that is none', ({ request }) => expect(request.get(5)).rejects.toThrow('unknown fixture "5"'));
test.each([
  [() => test.useFixtures(['db'])],
  [() => test.extend([])],
  [() => fixture('x', { constructor: 1 }, 1)],
  [() => mark.useFixtures('db')],
])('a call of a wrong form is a mistake: %#', call => {
  expect(call).toThrow(/To fix:/);
});
fixture('same', { params: ['a', 'a', new TypeError('two\nlines')] }, (_, { param }) => param);
test('ids', ({ same }) => {});

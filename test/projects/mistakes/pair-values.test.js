// Lists that are no function with its options.
class Handler {}
fixture('route', [() => 1, { path: '/' }]);
fixture('mixed', [() => 1, { timeout: 5, path: '/' }]);
fixture('empty', [() => 1, {}]);
fixture('handler', [Handler, { scope: 'file' }]);
fixture('longer', [() => 1, { scope: 'file' }, 2]);
fixture('meant', {}, [() => 1, { scope: 'file' }]);
test('stay values', ({ route, mixed, empty, handler, longer, meant }) => {
  for (const list of [route, mixed, empty, handler, longer, meant]) expect(list).toBeInstanceOf(Array);
});

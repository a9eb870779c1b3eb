fixture('db', (_, { onCleanup }) => {
  onCleanup('x');
});
test('of a test', ({ request }) => {
  request.onCleanup('x');
});
test('of a fixture', ({ db }) => {});

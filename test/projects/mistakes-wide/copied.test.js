test('a method of a session fixture', ({ client }) => {
  client.ping();
});
test('of one from request.get', async ({ request }) => {
  const client = await request.get('client');
  client.ping();
});
test('of something else', ({ url }) => {
  url.ping();
});

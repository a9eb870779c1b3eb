fixture('text', () => {
  throw 'text';
});
fixture('nothing', async () => {
  throw undefined;
});
fixture('plain', () => Promise.reject({ message: 'no stack' }));
fixture('remembered', { scope: 'file' }, () => {
  throw 'remembered';
});
fixture('down', function* () {
  yield;
  throw 7;
});
fixture('cleanup', ({ request }) => {
  request.onCleanup(() => Promise.reject('cleanup'));
});
fixture('frozen', () => {
  throw Object.freeze(new RangeError('frozen'));
});
fixture('refused', () => {
  const error = new Error('refused');
  error.stack = 'Error: refused\n    at TCPConnectWrap.afterConnect (node:net:1555:16)';
  throw Object.freeze(error);
});
test('a text', ({ text }) => {});
test('undefined', ({ nothing }) => {});
test('an object', ({ plain }) => {});
test('wider', ({ remembered }) => {});
test('and remembered', ({ remembered }) => {});
test('in a teardown', ({ down }) => {});
test('in a cleanup', ({ cleanup }) => {});
test('a frozen Error', ({ frozen }) => {});
test('a frozen Error of Node', ({ refused }) => {});
test('given by request.get', async ({ request }) => {
  await expect(request.get('text')).rejects.toMatchObject({ code: 'ERR_FIXTURE_THREW', cause: 'text' });
});

// To format a stack takes longer than a small test.
const { prepareStackTrace } = Error;
let formatted = 0;

fixture('db', async function* () {
  yield;
});

test('counts from here', async ({ db }) => {
  Error.prepareStackTrace = error => {
    formatted++;
    return String(error);
  };
});
test('formats no stack', async ({ db, entrypoint, request }) => {
  expect(request.test.name).toBe('formats no stack');
});
test('nor does its teardown', () => {
  Error.prepareStackTrace = prepareStackTrace;
  expect(formatted).toBe(0);
});

// To format a stack takes longer than a small test.
const { prepareStackTrace } = Error;
let formatted = 0;

fixture('db', async function* () {
  yield;
});

test('passes', async ({ db, entrypoint, request }) => {
  Error.prepareStackTrace = error => {
    formatted++;
    return String(error);
  };
  expect(request.test.name).toBe('passes');
});
test('its teardown formats no stack', () => {
  Error.prepareStackTrace = prepareStackTrace;
  expect(formatted).toBe(0);
});

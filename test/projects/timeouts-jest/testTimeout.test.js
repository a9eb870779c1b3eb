// Jest's own limits keep their meaning: testTimeout, jest.setTimeout, the third argument.
const forever = () => new Promise(() => {});

test('testTimeout', forever);
fixture('db', forever);
test('is the limit of fixtures as well', ({ db }) => {});
test('a third argument', forever, 20);
test('synchronous code may block longer than limits of Jest', () => block(300));
test('also with a third argument', () => block(40), 20);
test('and when it awaits something', async () => {
  await null;
  block(300);
});
describe('hooks', () => {
  beforeEach(() => block(40), 20);
  test('too', () => {});
});

function block(ms) {
  for (const end = performance.now() + ms; performance.now() < end; );
}

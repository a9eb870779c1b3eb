/** @jest-loop {"defaultAsyncTimeout": 30} */
const { log } = require('../log');

const forever = () => new Promise(() => {});
fixture('cleaned', (_, { onCleanup }) => {
  onCleanup(() => log('registered first'));
  onCleanup(forever);
  onCleanup(() => log('registered last'));
});
test('a cleanup of a fixture that hangs stops no other', ({ cleaned }) => {});
test('a cleanup of a test', ({ request }) => request.onCleanup(forever));
describe('a cleanup of beforeAll', () => {
  beforeAll(({ request }) => request.onCleanup(forever));
  test('fails the file', () => {});
});

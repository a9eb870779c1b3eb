const { log, logged } = require('../log');

let open;
const opened = new Promise(resolve => (open = resolve));
fixture('slow', { scope: 'file' }, async () => {
  await opened;
  return 'slow';
});
fixture('onSlow', async function* ({ slow }) {
  log('must not come up: its test is over');
  yield slow;
});
test('a request.get that is under way at the end', { timeout: 20 }, async ({ request }) => {
  setTimeout(open, 60);
  await request.get('onSlow');
});
let kept;
fixture('block', { scope: 'describe' }, logged('block'));
describe('one', () => {
  beforeAll(({ request }) => {
    kept = request;
  });
  test('keeps the request of its beforeAll', () => {});
});
test('which is of no use any more', () =>
  expect(kept.get('block')).rejects.toMatchObject({ code: 'ERR_FIXTURE_ENDED' }));

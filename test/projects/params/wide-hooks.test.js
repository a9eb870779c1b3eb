const { log } = require('../log');

let seen;
let attempts = 0;
jest.retryTimes(1);

// One at a time, as for a fixed port.
let open;
fixture('port', { scope: 'describe', params: ['x', 'y'] }, async function* (_, { param }) {
  expect([undefined, param]).toContain(open);
  open = param;
  log(`${param} up`);
  yield param;
  open = undefined;
  log(`${param} down`);
});
fixture('speed', { scope: 'file', params: ['slow', 'fast'] }, (_, { param }) => param);
beforeAll(() => log('beforeAll of all'));
beforeAll(({ port, request }) => {
  request.onCleanup(() => log(`cleanup of beforeAll ${port}`));
  log(`beforeAll ${port}`);
  seen = port;
});
afterAll(({ port }) => log(`afterAll ${port}`));
afterAll(() => log('afterAll of all'));

test('sees the state of its own value', ({ port }) => expect(seen).toBe(port));
describe('a block', () => {
  beforeAll(({ speed, port }) => log(`beforeAll ${port} ${speed}`));
  test('one value, one variant', ({ port }) => expect(seen).toBe(port));
  test('several multiply', ({ speed, port }) => log(`${speed} ${port}`));
});
describe('what stands on hooks', () => {
  let state;
  beforeAll(({ speed }) => (state = speed));
  beforeAll(() => log(`builds on ${state}`));
  afterAll(() => log(`is done with ${state}`));
  test('runs for each value', ({ speed }) => expect(state).toBe(speed));
});
test('is retried with its own value', ({ port }) => {
  log(`attempt with ${port}`);
  expect(seen).toBe(port);
  expect(attempts++ % 2).toBe(1);
});

// What a message says: where, the limit, the phase, the requester, what it was waiting for.
const { sleep, getRunningLoop } = require('jest-loop');
const { once } = require('node:events');
const http = require('node:http');
const timers = require('node:timers/promises');

const forever = () => new Promise(() => {});

test('one that waits for a timer', { timeout: 20 }, async () => {
  await new Promise(resolve => setTimeout(resolve, 5000));
});
test('for several things', { timeout: 20 }, async () => {
  const loop = getRunningLoop();
  setInterval(() => {}, 5001);
  loop.callLater(5002, () => {});
  loop.createTask(async () => forever(), { name: 'poller' });
  await Promise.all([sleep(5003), timers.setTimeout(5004), loop.createFuture(), timers.scheduler.wait(5005)]);
});
test('for foreign code', { timeout: 20 }, forever);
test('for a server, whose own timers are no wait', { timeout: 200 }, async ({ request }) => {
  const server = http.createServer();
  request.onCleanup(() => server.close());
  await once(server.listen(0), 'listening');
  await forever();
});

fixture('db', { timeout: 20 }, async () => {
  await sleep(5000);
});
fixture('user', ({ db }) => db);
test('asks through another fixture', ({ user }) => {});
fixture('wide', { scope: 'file', timeout: 300 }, async function* () {
  yield;
  await sleep(5000);
});
test('requests what ends with the file', ({ wide }) => {});
describe('in a block', () => {
  beforeEach(({ db }) => {});
  test('a hook asks', () => {});
});
describe('all', () => {
  fixture('dbOfBlock', { scope: 'describe', timeout: 20 }, async () => {
    await sleep(5000);
  });
  beforeAll(({ dbOfBlock }) => {});
  test('beforeAll asks', () => {});
});
test('by request.get', ({ request }) => request.get('db'));
test('a cleanup', { timeout: 20 }, ({ request }) => request.onCleanup(forever));
describe('limits of Jest', () => {
  test('errors have a code, and are of this realm', async ({ request }) => {
    const error = await request.get('db').catch(error => error);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT' });
  });
});

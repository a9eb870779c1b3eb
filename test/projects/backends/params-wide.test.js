const { log } = require('../log');

fixture('loopBackend', { scope: 'file', params: ['node', 'virtual'] }, (_, { param }) => param);
fixture('db', { scope: 'file' }, async function* ({ loopBackend, loopBackendName, eventLoop }) {
  await eventLoop.sleep(10);
  log(`db up on ${loopBackendName}`);
  yield `${loopBackend} ${eventLoop.name}`;
  await eventLoop.sleep(10);
  log(`db down on ${loopBackendName}`);
});

test('rebuilds what is wide', async ({ db, loopBackendName }) => {
  expect(db).toBe(`${loopBackendName} file loop`);
  log('one');
});
test('once for all tests on it', async ({ db, loopBackendName }) => {
  expect(db).toBe(`${loopBackendName} file loop`);
  log('two');
});

const { log } = require('../log');

fixture(
  'loopBackend',
  { params: ['node', ['virtual', { threshold: 1 }]], ids: ['real', 'virtual'] },
  (_, { param }) => param,
);

test('an asynchronous test runs on each', async ({ loopBackendName, loopBackendOptions, eventLoop }) => {
  log(`asynchronous on ${loopBackendName} ${JSON.stringify(loopBackendOptions)}`);
  await eventLoop.sleep(20);
});

test('one that names nothing, too', async () => {
  await new Promise(resolve => setTimeout(resolve, 20));
});

test('a synchronous one runs once', () => {
  expect(1).toBe(1);
});

test('unless it asks', ({ loopBackendName }) => {
  log(`synchronous on ${loopBackendName}`);
});

describe('or a hook of it waits', () => {
  beforeEach(async () => {});
  test('for each', () => {});
});

describe('one backend', () => {
  fixture('loopBackend', { params: ['virtual'] }, (_, { param }) => param);
  test('adds no suffix', async ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));
});

test('one test says otherwise', { overrides: { loopBackend: 'virtual' } }, async ({ loopBackendName }) => {
  expect(loopBackendName).toBe('virtual');
});

const { log, logged } = require('../log');

fixture('good', logged('good'));
fixture('bad', async () => {
  log('bad tries');
  throw new Error('bad set-up');
});
fixture('dependant', ({ bad }) => log('dependant must not run'));
fixture('after', () => log('after must not run'));
fixture('badGenerator', async function* () {
  try {
    log('badGenerator tries');
    throw new Error('generator failed before its yield');
    yield;
  } finally {
    log('its own finally');
  }
});

test('set-up stops at the first failure', ({ good, dependant, after }) => log('body must not run'));
test('a generator that threw is not finished', ({ good, badGenerator }) => log('body must not run'));
test.failing('a failing fixture is no expected failure', ({ bad }) => {});
test.concurrent
  .failing('nor in a concurrent test', async ({ bad }) => {});
describe('with hooks', () => {
  beforeEach(({ good }) => log('beforeEach'));
  afterEach(() => log('afterEach'));
  test('hooks after it run', ({ bad }) => log('body must not run'));
  test.failing('is no expected failure', ({ bad }) => {});
});
describe('a hook that fails', () => {
  beforeEach(({ good }) => {
    throw new Error('beforeEach failed');
  });
  beforeEach(() => log('must not run'));
  test('what it had is torn down', ({ after }) => log('body must not run'));
});
test('no failure persists', ({ good }) => log('body'));
describe('through request.get', () => {
  fixture('slow', { timeout: 20 }, () => new Promise(() => {}));
  test.failing('it is no expected failure either', ({ request }) => request.get('bad'));
  test.failing('nor a set-up that takes too long', ({ request }) => request.get('slow'));
  test.failing('unless the body fails with an error of its own', async ({ request }) => {
    await request.get('bad').catch(() => {
      throw new Error('own');
    });
  });
});

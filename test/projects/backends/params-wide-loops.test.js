const { sleep } = require('jest-loop');
const { log } = require('../log');

fixture('mode', { scope: 'file', params: ['node', 'virtual'] }, async (_, { param }) => {
  await sleep(1);
  return param;
});
fixture('config', { scope: 'file' }, async () => {
  await sleep(1);
  log('config, which the choice needs, is set up once');
});
fixture('loopBackend', { scope: 'file' }, ({ mode, config }) => mode);

// Its Loop follows the choice, though it does not request it.
fixture('page', { scope: 'file' }, async function* ({ loopBackendName }) {
  await sleep(10);
  log(`page up on ${loopBackendName}`);
  yield loopBackendName;
  await sleep(10);
  log('page down');
});
fixture('clock', { scope: 'file' }, async () => {
  const began = Date.now();
  await sleep(60);
  return { began, took: Date.now() - began };
});
fixture('plain', { scope: 'file' }, () => {
  log('plain, which uses no Loop, is set up once');
});

beforeAll(async ({ page }) => log(`hook on ${page}`));

test('a', async ({ page, loopBackendName, plain }) => {
  expect(page).toBe(loopBackendName);
});

test('b', async ({ page, loopBackendName, clock, plain, config }) => {
  expect(page).toBe(loopBackendName);
  if (loopBackendName === 'virtual') expect(clock.took).toBe(60);
});

test('c, by request.get', async ({ loopBackendName, request }) => {
  expect(await request.get('page')).toBe(loopBackendName);
});

describe('of a block', () => {
  fixture('inner', { scope: 'describe' }, async ({ loopBackendName }) => {
    await sleep(1);
    return loopBackendName;
  });
  test('sync', ({ plain }) => {});
  test('d', async ({ inner, loopBackendName }) => {
    expect(inner).toBe(loopBackendName);
  });
});

describe('that is on real time by a nearer choice', () => {
  test.override('loopBackend', 'node');
  test('e', async ({ loopBackendName }) => {
    expect(loopBackendName).toBe('node');
  });
});

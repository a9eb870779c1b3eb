const { log } = require('../log');

test('by the fixture', { overrides: { loopBackend: ['near', { size: 2 }] } }, async ({
  eventLoop,
  loopBackendName,
  loopBackendOptions,
}) => {
  expect([eventLoop.by, eventLoop.madeWith, loopBackendName, loopBackendOptions]).toEqual([
    'the directory',
    { size: 2 },
    'near',
    { size: 2 },
  ]);
});

test('picked', { loopFactories: ['slow', 'fast', 'gone', 'virtual'] }, async ({
  eventLoop,
  loopBackendName,
}) => {
  log(`${loopBackendName}: ${eventLoop.name} ${eventLoop.by}`);
  await eventLoop.sleep(20);
});

test('one adds no suffix', { loopFactories: ['slow'] }, ({ loopBackendName, loopBackendOptions }) => {
  expect([loopBackendName, loopBackendOptions]).toEqual(['slow', {}]);
});

test('synchronous, but it asks', { loopFactories: ['slow', 'near'] }, () => {});

test('an unknown one alone', { loopFactories: ['gone'] }, async () => {});

test('a factory may build on a backend', { loopFactories: ['fast'] }, async () => {
  const began = Date.now();
  await new Promise(resolve => setTimeout(resolve, 1_000_000));
  expect(Date.now() - began).toBe(1_000_000);
});

test('an unknown backend', { overrides: { loopBackend: 'vitrual' } }, async () => {});

test('no backend', { overrides: { loopBackend: 7 } }, async () => {});

test('an unknown option', { overrides: { loopBackend: ['virtual', { treshold: 1 }] } }, async () => {});

test('a bad option', { overrides: { loopBackend: ['virtual', { threshold: -1 }] } }, async () => {});

const { log } = require('../log');

jest.retryTimes(1);
let tries = 0;
fixture('flaky', { scope: 'file' }, async () => {
  log(`try ${++tries}`);
  if (tries === 1) throw new Error('not yet');
  return 'up';
});
fixture('uses', { scope: 'file' }, ({ flaky }) => flaky);
test('a further attempt tries a wider set-up once more', ({ uses }) => expect(uses).toBe('up'));
test('which then is up for all', ({ flaky }) => expect(flaky).toBe('up'));

fixture('broken', { scope: 'file' }, async () => {
  throw new Error('broken');
});
test('one that fails again is seen by no other test first', ({ broken }) => {});
test('by another test it was', ({ broken }) => {});

const { Loop, getRunningLoop } = require('jest-loop');
const { log } = require('../log');

fixture('eventLoop', { scope: 'file' }, async function* () {
  const loop = new Loop({ name: 'mine' });
  yield loop;
  log(`closed by its own teardown: ${loop.closed}`);
  await loop.close();
});
beforeAll(() => expect(getRunningLoop().name).toBe('mine'));
test('one for the file', ({ eventLoop }) => {
  expect(eventLoop.name).toBe('mine');
  expect(getRunningLoop()).toBe(eventLoop);
});
describe('in a block', () => {
  beforeAll(() => expect(getRunningLoop().name).toBe('mine'));
  test('too', () => expect(getRunningLoop().name).toBe('mine'));
  describe('another', () => {
    fixture('eventLoop', { scope: 'describe' }, () => new Loop({ name: 'of the block' }));
    test('is nearer', () => expect(getRunningLoop().name).toBe('of the block'));
  });
  test('and left with its block', () => expect(getRunningLoop().name).toBe('mine'));
});

const { log, logged } = require('../../log');
const { kinds, wait } = require('../../errors/kinds');
fixture('file', logged('file'));
mark.useFixtures('file');
test('all of them count, outermost first', () => log('body'));
test('that of the directory', async ({ loopExceptions }) => {
  kinds.timer();
  await wait();
  expect(loopExceptions).toHaveLength(1);
});
describe('a block', () => {
  mark.catchLoopExceptions();
  test('is nearer', async () => {
    kinds.timer();
    await wait();
  });
});

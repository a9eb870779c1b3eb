/** @jest-loop {"catchLoopExceptions": false, "forbidGetEventLoop": true} */
const { getEventLoop } = require('jest-loop');
const { kinds, wait } = require('../errors/kinds');

test('exceptions are collected', async ({ loopExceptions }) => {
  kinds.timer();
  await wait();
  expect(loopExceptions).toHaveLength(1);
});
test('in each test anew', ({ loopExceptions }) => expect(loopExceptions).toEqual([]));
test('getEventLoop is forbidden', () => void getEventLoop());

/** @jest-loop {"catchLoopExceptions": true, "forbidGetEventLoop": { "timers": true }} */
const { getEventLoop } = require('jest-loop');
const { kinds } = require('../errors/kinds');

test('what comes after the body is caught', () => kinds.rejection());
test('a marker is nearer', { catchLoopExceptions: false, forbidGetEventLoop: false }, ({
  loopExceptions,
}) => {
  getEventLoop();
  setTimeout(() => {}, 0);
  expect(loopExceptions).toEqual([]);
});
test('getEventLoop is forbidden', () => void getEventLoop());
test('and so are timers', () => void setTimeout(() => {}, 0));

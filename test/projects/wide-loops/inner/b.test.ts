import { log } from '../../wide-log';

test('the Loop of the worker is the same', ({ loopOfWorker, loopOfOwn, workerTicks }) => {
  expect(loopOfWorker.eventLoop.closed).toBe(false);
  expect(loopOfWorker.eventLoop).not.toBe(loopOfOwn.eventLoop);
});
test('what a test starts in it ends with its file', { loopScope: 'worker' }, ({ eventLoop }) => {
  eventLoop.callLater(0, () => log('a timer of the test'));
  eventLoop.callLater(30_000, () => log('never: a timer outlived its file'));
});
test('an error after its last use', ({ later }) => {
  later(300);
});

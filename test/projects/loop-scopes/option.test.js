/** @jest-loop {"loopScope": "file", "fixtureLoopScope": "file"} */
const { getRunningLoop } = require('jest-loop');

fixture('ofTest', () => getRunningLoop());
fixture('own', { loopScope: 'test' }, () => getRunningLoop());
fixture('ofFile', { scope: 'file' }, () => getRunningLoop());
let first;
test('loopScope of the project is that of tests', ({ ofTest, ofFile, eventLoop }) => {
  first = eventLoop;
  expect(eventLoop.name).toBe('file loop');
  expect(ofTest).toBe(eventLoop);
  expect(ofFile).toBe(eventLoop);
});
test('and so for all of them', ({ ofTest, own }) => {
  expect(getRunningLoop()).toBe(first);
  expect(ofTest).toBe(first);
  expect(own.name).toBe('test loop');
});
test('what is nearer wins', { loopScope: 'test' }, () => expect(getRunningLoop().name).toBe('test loop'));
describe('a mark', () => {
  mark.loopScope('test');
  test('too', () => expect(getRunningLoop().name).toBe('test loop'));
});

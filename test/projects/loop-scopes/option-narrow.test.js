/** @jest-loop {"fixtureLoopScope": "test"} */
const { getRunningLoop } = require('jest-loop');

fixture('ofFile', { scope: 'file' }, () => getRunningLoop());
fixture('says', { scope: 'file', loopScope: 'file' }, () => getRunningLoop());
fixture('ofTest', () => getRunningLoop());
test('a default that is too narrow is a mismatch', ({ ofFile }) => {});
test('but for one that says so itself', ({ says, ofTest }) => {
  expect(says.name).toBe('file loop');
  expect(ofTest.name).toBe('test loop');
});

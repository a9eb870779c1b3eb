const { getRunningLoop } = require('jest-loop');

test('without one, its own', { loopScope: 'directory' }, () => {
  expect(getRunningLoop().name).toBe(`directory ${__dirname} loop`);
});

const { getRunningLoop } = require('jest-loop');
const path = require('node:path');

test('directory is that of the nearest jest.fixtures file', { loopScope: 'directory' }, () => {
  expect(getRunningLoop().name).toBe(`directory ${path.dirname(__dirname)} loop`);
});

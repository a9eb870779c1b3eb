fixture('db', 'db');
const before = require('jest-loop');
jest.resetModules();
const after = require('jest-loop');
require('jest-loop/setup');
after.fixture('other', ({ db }) => `other ${db}`);
after.test('loading it again splits nothing', ({ db, other }) => {
  expect([db, other]).toEqual(['db', 'other db']);
  expect(after.test).toBe(before.test);
  expect(after.test).toBe(test);
});
jest.isolateModules(() => {
  require('jest-loop').fixture('isolated', 'isolated');
});
test('nor does isolateModules', ({ isolated }) => expect(isolated).toBe('isolated'));
test('modules can be loaded while fixtures run', async ({ lazily }) =>
  expect(lazily.log).toEqual(expect.any(Function)));
fixture('lazily', async function* () {
  yield require('../log');
  require('./after');
});

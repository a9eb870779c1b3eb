const { log, logged } = require('../log');

fixture('autoFile', { auto: true, scope: 'file' }, logged('autoFile'));
fixture('autoBlock', { auto: true, scope: 'describe' }, logged('autoBlock'));

beforeAll(() => log('beforeAll'));
describe('block', () => {
  beforeAll(() => log('beforeAll of block'));
  test('auto fixtures of a wider scope are up before the beforeAll hooks', () => log('body'));
});
describe('skipped', () => {
  test.skip('sets up nothing', () => {});
});

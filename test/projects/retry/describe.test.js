const { log, logged } = require('../log');

fixture('block', { scope: 'describe' }, logged('block'));
fixture('file', { scope: 'file' }, logged('file'));
let bodies = 0;
describe('whole', () => {
  jest.retryTimes(2, { entireDescribe: true });
  beforeAll(({ block }) => log('beforeAll'));
  afterAll(() => log('afterAll'));
  test('one', ({ block, file }) => log('one'));
  test('two', () => {
    log('two');
    if (++bodies < 2) throw new Error('again');
  });
});

const { log, told } = require('../log');

fixture('db', { scope: 'file' }, told('db'));
fixture('auto', { auto: true, scope: 'describe' }, told('auto'));
test.skip('skip', ({ db, unknown }) => {});
xtest('xtest', ({ db, unknown }) => {});
xit('xit', ({ ...rest }) => {});
test.skip
  .failing('skip failing', ({ db }) => {});
test.todo('todo');
describe.skip('block', () => {
  beforeAll(({ unknown }) => {});
  test('in a skipped block', ({ unknown }) => {});
  test('with its names gone', ({ ...rest }) => {});
});

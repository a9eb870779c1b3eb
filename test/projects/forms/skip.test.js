const { log, logged } = require('../log');

fixture('db', { scope: 'file' }, logged('db'));
fixture('auto', { auto: true, scope: 'describe' }, logged('auto'));
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

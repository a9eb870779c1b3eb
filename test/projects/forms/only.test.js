const { log, logged } = require('../log');

fixture('db', logged('db'));
test.only('only', ({ db }) => log('only'));
test('not this one', ({ db, unknown }) => log('must not run'));
test.only.each([[1]])('only each %i', (n, { db }) => log('only each'));
test.only
  .failing('only failing', ({ db }) => {
    throw new Error('expected');
  });
fit('fit', ({ db }) => log('fit'));
describe('block', () => {
  test('neither', ({ db }) => log('must not run'));
});

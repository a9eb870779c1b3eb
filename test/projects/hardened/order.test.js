const { log, logged } = require('../log');

fixture('plain', { scope: 'file' }, logged('plain'));
fixture('autoFile', { scope: 'file', auto: true }, logged('autoFile'));
fixture('autoTest', { auto: true }, async function* ({ plain }) {
  log('autoTest up');
  yield;
});
test('within a scope auto first', () => log('body'));

const { log, told } = require('../log');

fixture('plain', { scope: 'file' }, told('plain'));
fixture('autoFile', { scope: 'file', auto: true }, told('autoFile'));
fixture('autoTest', { auto: true }, async function* ({ plain }) {
  log('autoTest up');
  yield;
});
test('within a scope auto first', () => log('body'));

const { log, told } = require('../log');

fixture('auto', { auto: true }, told('auto'));
fixture('db', told('db'));
test('uses nothing: Jest untouched', () => log('plain'));
test('uses a fixture: managed, with auto fixtures', ({ db }) => log('managed'));
test.useFixtures('db')('uses a marker', () => log('marked'));

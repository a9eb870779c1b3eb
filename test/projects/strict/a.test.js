const { log, logged } = require('../log');

fixture('auto', { auto: true }, logged('auto'));
fixture('db', logged('db'));
test('uses nothing: Jest untouched', () => log('plain'));
test('uses a fixture: managed, with auto fixtures', ({ db }) => log('managed'));
test.useFixtures('db')('uses a marker', () => log('marked'));

const { log } = require('../log');

fixture('db', { reset: () => log('reset') });
afterEach(({ db }) => db.reset());
test('a mistake is the only error', ({ dbb }) => {});
test('a good test beside it', ({ db }) => {});

// Shared by all files, whichever environment runs them.
const {
  fixture: own,
  test,
  mark: marks,
  mergeTests,
  beforeEach: hook,
  expect: imported,
  jest: jestObject,
} = require('jest-loop');

own('db', 'db')
  .fixture('user', ({ db }) => db)
  .fixture('late', 1);
fixture('port', { scope: 'file' }, async function* () {
  yield 1;
});
mark.catchLoopExceptions();
marks.useFixtures('db');
exports.extended = mergeTests(test.extend('more', 1), test.only.extend({ less: 2 }));
imported.extend({ toBeOurs: received => ({ pass: received === 'ours', message: () => '' }) });
jestObject.setTimeout(500);
hook(() => {
  globalThis.hooked = true;
});

const { log, logged } = require('../log');

// No each-hook and no auto fixture: set-up and teardown are part of the test's function.
fixture('a', logged('a'));
fixture('b', async function* ({ a }) {
  log('b up');
  yield;
  log('b down');
});
test('reverse', ({ b }) => log('body'));
test('done', { useFixtures: ['a'] }, done => {
  setTimeout(() => {
    log('body');
    done();
  }, 1);
});
test('generator', { useFixtures: ['a'] }, function* () {
  const x = yield Promise.resolve(3);
  expect(x).toBe(3);
  log('body');
});

const { log } = require('../log');

fixture('resumes', async function* () {
  try {
    yield;
    log('resumed after yield as ever');
  } catch (error) {
    log(`thrown in: ${error.message}`);
  }
});
const started = [];
fixture('neverStarted', async function* ({ fails }) {
  started.push('must not run');
  try {
    yield;
  } finally {
    log('must not be finalised');
  }
});
fixture('fails', () => {
  throw new Error('fails');
});
test('a test failure is not thrown into a generator', ({ resumes }) => {
  throw new Error('the test failed');
});
test('a generator that was never started is never finalised', ({ neverStarted }) => {});
test('indeed', () => expect(started).toEqual([]));

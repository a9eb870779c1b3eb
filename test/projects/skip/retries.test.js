const { log } = require('../log');

jest.retryTimes(2);
let attempts = 0;
test('an attempt skips', ({ outcome, request }) => {
  if (++attempts === 2) request.skip('second attempt');
  throw new Error('first attempt');
});
test('a skipped attempt is the last', ({ outcome, request }) => {
  log('once');
  request.skip('first attempt');
});

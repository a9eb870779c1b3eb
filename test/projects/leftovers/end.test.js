// The Loop of the file ends with the file: what was adopted is dropped.
const { log } = require('../log');

test('leaves timers for longer', () => {
  setTimeout(() => log('in time'), 5);
  setTimeout(() => log('never'), 300);
  setInterval(() => {}, 100);
});
test('waits', () => new Promise(resolve => setTimeout(resolve, 30)));

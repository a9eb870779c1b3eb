/** @jest-loop {"leftovers": "fail", "loopScope": "file"} */
const { log } = require('../log');

test('what a test starts in a wider Loop is not left behind', () => {
  setTimeout(() => log('goes on'), 30);
});
test('it belongs to the file', () => new Promise(resolve => setTimeout(resolve, 60)));

const { log } = require('../log');
let loop;
test('the setup file counts', ({ eventLoop }) => {
  log('body');
  loop = eventLoop;
});
test('everywhere', ({ eventLoop }) => expect(eventLoop).toBe(loop));

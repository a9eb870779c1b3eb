// A hook for which there is no clock ends, so that what dies later finds its next user.
const { sleep } = require('jest-loop');
const died = new Promise(resolve => {
  globalThis.die = resolve;
});
fixture('asyncTimeoutProvider', { scope: 'file' }, () => ({
  load: ({ phase, defaultTimeout }) => (phase === 'hook' ? {} : { timeout: defaultTimeout, set() {} }),
}));
fixture('server', { scope: 'file' }, async function* ({ tasks }) {
  tasks.start(async () => {
    await died;
    throw new Error('server died');
  });
  yield 'a server';
});
describe('a hook without a clock', () => {
  beforeAll(({ server }) => {});
  test('fails its tests', () => {});
});
test('what dies later is reported', async () => {
  globalThis.die();
  await sleep(20);
});

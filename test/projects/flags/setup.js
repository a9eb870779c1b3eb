const { logged } = require('./record');

fixture('session', { scope: 'session' }, async function* () {
  yield* logged('session');
})
  .fixture('worker', { scope: 'worker' }, async function* ({ session }) {
    yield* logged('worker', session);
  })
  .fixture('directory', { scope: 'directory' }, async function* ({ worker }) {
    yield* logged('directory', worker);
  })
  .fixture('file', { scope: 'file' }, async function* ({ directory }) {
    yield* logged('file', directory);
  })
  .fixture('block', { scope: 'describe' }, async function* ({ file }) {
    yield* logged('block', file);
  })
  .fixture('each', async function* ({ block }) {
    yield* logged('each', block);
  });

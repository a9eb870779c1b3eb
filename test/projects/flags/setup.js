const { told } = require('./record');

fixture('session', { scope: 'session' }, async function* () {
  yield* told('session');
})
  .fixture('worker', { scope: 'worker' }, async function* ({ session }) {
    yield* told('worker', session);
  })
  .fixture('directory', { scope: 'directory' }, async function* ({ worker }) {
    yield* told('directory', worker);
  })
  .fixture('file', { scope: 'file' }, async function* ({ directory }) {
    yield* told('file', directory);
  })
  .fixture('block', { scope: 'describe' }, async function* ({ file }) {
    yield* told('block', file);
  })
  .fixture('each', async function* ({ block }) {
    yield* told('each', block);
  });

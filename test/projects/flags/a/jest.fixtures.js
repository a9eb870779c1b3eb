const { logged } = require('../record');

fixture('directory', { scope: 'directory' }, async function* ({ worker }) {
  yield* logged('directory', worker);
});

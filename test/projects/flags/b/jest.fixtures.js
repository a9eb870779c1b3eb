const { told } = require('../record');

fixture('directory', { scope: 'directory' }, async function* ({ worker }) {
  yield* told('directory', worker);
});

const { log } = require('../log');

for (const scope of ['session', 'worker', 'directory', 'file', 'describe', 'test'])
  fixture(`no_${scope}`, { scope }, async (deps, request) => {
    // The log is that of a test file.
    if (['file', 'describe', 'test'].includes(scope)) request.onCleanup(() => log(`no_${scope} cleans up`));
    await new Promise(resolve => setTimeout(resolve, 1));
    request.skip(`no ${scope} here`);
  });
fixture('up', async function* () {
  yield 'up';
  log('up goes down');
});
fixture('outcome', async function* (deps, { test }) {
  yield;
  log(`${test.name}: ${test.outcome}`);
});
fixture('failsToEnd', async function* () {
  yield;
  throw new Error('failed to end');
});
fixture('server', { params: ['up', 'down'] }, (deps, { param, skip }) =>
  param === 'down' ? skip('server is down') : param,
);

const { fixture, sleep } = require('jest-loop');
const { about } = require('./about');
const { left } = require('./parts');

/** Ticks for as long as a scope is open, and says so if it does at another time. */
const wide = scope =>
  async function* (_, { loop }) {
    const state = { scope, open: true, ticks: 0 };
    soak.scopes.push(state);
    const tick = what => {
      soak.fired++;
      state.ticks++;
      if (!state.open) soak.write(`stray: ${what} of a ${scope} fixture`);
    };
    setInterval(() => tick('interval'), 2);
    loop.createTask(async () => {
      for (;;) {
        await sleep(2);
        tick('task');
      }
    });
    soak.write(`up: ${scope}`);
    yield state;
    soak.write(`down: ${scope}`);
  };

fixture('block', { scope: 'describe' }, wide('describe'))
  .fixture('whole', { scope: 'file' }, wide('file'))
  .fixture('resource', async function* (_, request) {
    const t = about(request);
    await sleep(1);
    soak.write(`up: ${t.id}`);
    try {
      yield t.load;
    } finally {
      await sleep(1);
      t.tick('teardown');
      soak.write(`down: ${t.id}`);
    }
  })
  .fixture('background', async (_, request) => {
    const t = about(request);
    for (const start of [left.interval, left.chain, left.task, left.ticks]) start(t);
    await sleep(0);
  })
  .fixture('throwing', async function* (_, request) {
    const t = about(request);
    await new Promise(resolve => {
      setTimeout(() => {
        resolve();
        throw t.error('background');
      }, 1);
    });
    await sleep(1);
    yield;
  })
  .fixture('brokenSetUp', async (_, request) => {
    await sleep(1);
    throw about(request).error('set-up');
  })
  .fixture('brokenTeardown', async function* (_, request) {
    const t = about(request);
    yield;
    await sleep(1);
    throw t.error('teardown');
  })
  .fixture('hangingSetUp', { timeout: 6 }, async (_, request) => {
    about(request).tick('set-up');
    await sleep(60_000);
  })
  .fixture('hangingTeardown', { timeout: 100 }, async function* (_, request) {
    const t = about(request);
    yield;
    setInterval(() => t.tick('teardown'), 1);
    await new Promise(() => {});
  });

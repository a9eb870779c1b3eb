const timers = require('node:timers');
const promises = require('node:timers/promises');
const { sleep } = require('jest-loop');

/* What bodies begin with, and what they leave behind. None of it makes a test fail. */

const FAR = 5000;

/** Waited for. */
exports.waits = {
  sleep: () => sleep(1),
  timer: t => new Promise(resolve => setTimeout(() => resolve(t.tick('timer')), 1)),
  nodeTimer: t => new Promise(resolve => timers.setTimeout(() => resolve(t.tick('node timer')), 1)),
  immediate: t => new Promise(resolve => setImmediate(() => resolve(t.tick('immediate')))),
  timersPromise: () => promises.setTimeout(1),
  task: t => t.task(() => sleep(1)),
  taskTree: t => t.task(() => Promise.all([t.task(() => sleep(0)), t.task(async () => t.tick('branch'))])),
  future: t => {
    const future = t.loop.createFuture();
    t.loop.callSoon(() => future.setResult(t.tick('callSoon')));
    return future;
  },
  foreign: () => soak.outside(1),
  long: () => soak.outside(1000),
  caught: async t => {
    await t.task(() => Promise.reject(t.error('caught'))).catch(() => {});
  },
};

/** Left behind, where timers that are left behind are cancelled. */
exports.left = {
  interval: t => void setInterval(() => t.tick('interval'), 1),
  chain: function again(t) {
    setTimeout(() => again(t), 1);
    t.tick('chain');
  },
  refreshed: t => {
    const timer = setTimeout(() => {
      t.tick('refreshed');
      timer.refresh();
    }, 1);
  },
  immediates: function again(t) {
    setImmediate(() => again(t));
    t.tick('immediates');
  },
  callLater: t => void t.loop.callLater(2, () => t.tick('callLater')),
  far: t => void setTimeout(() => t.tick('far'), FAR),
  throwing: t => {
    setTimeout(() => {
      throw t.error('never thrown');
    }, FAR);
  },
  task: t => {
    t.task(async () => {
      try {
        await sleep(FAR);
      } finally {
        await sleep(1);
        t.tick('cleaned up');
      }
    });
  },
  generator: async t => {
    const ticks = t.loop.track(
      (async function* () {
        try {
          for (;;) yield await sleep(0);
        } finally {
          t.tick('generator');
        }
      })(),
    );
    await ticks.next();
  },
  ticks: t => {
    t.task(async () => {
      for await (const _ of promises.setInterval(1)) t.tick('setInterval of timers/promises');
    });
  },
};

/** A timer that outlives its test: the test fails for it where leftovers are failures. */
exports.leftTimer = t => void setTimeout(() => t.tick('left timer'), FAR);

/** Does not end when it is cancelled: closing its Loop takes the whole grace period. */
exports.stubborn = t => {
  t.task(async () => {
    for (;;) {
      try {
        await sleep(5);
        t.tick('stubborn');
      } catch {}
    }
  });
};

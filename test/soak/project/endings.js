const { EventEmitter } = require('node:events');
const promises = require('node:timers/promises');
const { sleep } = require('jest-loop');

/* How bodies end. What comes of it is predicted in ../outcomes.ts. */

const FOREVER = 60_000;

/** Waits until something has thrown, and for a turn in which the error is reported. */
const thrown = start => async t => {
  await new Promise(resolve => {
    const error = () => {
      t.tick('about to throw');
      resolve();
      return t.error('thrown');
    };
    const fail = () => {
      throw error();
    };
    start(fail, error, t);
  });
  await sleep(1);
};

const passing = {
  passes: () => {},
  passesLater: () => sleep(0),
};

const failing = {
  fails: t => {
    throw t.error('thrown');
  },
  failsLater: async t => {
    await sleep(1);
    throw t.error('thrown');
  },
  inTimer: thrown(fail => setTimeout(fail, 1)),
  inInterval: thrown(fail => {
    const timer = setInterval(() => {
      clearInterval(timer);
      fail();
    }, 1);
  }),
  inImmediate: thrown(fail => setImmediate(fail)),
  inMicrotask: thrown(fail => queueMicrotask(fail)),
  inNextTick: thrown(fail => process.nextTick(fail)),
  inCallback: thrown((fail, _, t) => t.loop.callLater(1, fail)),
  inTask: thrown((fail, _, t) => t.task(() => sleep(1).then(fail))),
  inEmitter: thrown(fail => {
    const emitter = new EventEmitter();
    emitter.on('ready', fail);
    setTimeout(() => emitter.emit('ready'), 1);
  }),
  asErrorEvent: thrown((_, error) => setTimeout(() => new EventEmitter().emit('error', error()), 1)),
  inRejection: thrown((_, error) => void Promise.reject(error())),
  // Nothing waits: Node reports it once the microtasks are done, and much may have happened by then.
  inLateRejection: t => void Promise.reject(t.error('thrown')),
  inGroup: (t, { tasks }) => {
    tasks.start(() => sleep(1).then(() => Promise.reject(t.error('thrown'))));
    return sleep(FOREVER);
  },
  twice: async t => {
    await thrown((_, error) => setTimeout(() => Promise.reject(error()), 1))(t);
    throw t.error('second');
  },
};

const hanging = {
  inSleep: () => sleep(FOREVER),
  inTimer: t => new Promise(resolve => setTimeout(() => resolve(t.tick('too late')), FOREVER)),
  inTimersPromise: () => promises.setTimeout(FOREVER),
  inTask: t => t.task(() => sleep(FOREVER)),
  inFuture: t => t.loop.createFuture(),
  inForeign: t => {
    setInterval(() => t.tick('beside'), 1);
    return new Promise(() => {});
  },
  inSignal: ({ request }) =>
    new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason))),
  cleaningUp: async t => {
    try {
      await sleep(FOREVER);
    } finally {
      await sleep(1);
      soak.write(`cleaned: ${t.id}`);
      t.tick('finally');
    }
  },
  swallowing: () => sleep(FOREVER).catch(() => {}),
  swallowingInLoop: async t => {
    for (;;) {
      await sleep(FOREVER).catch(() => {});
      await sleep(0).catch(() => {});
      t.tick('swallowed');
    }
  },
  swallowingAndStarting: async t => {
    await sleep(FOREVER).catch(() => {});
    setInterval(() => t.tick('interval of a cancelled body'), 1);
    setImmediate(function again() {
      t.tick('immediate of a cancelled body');
      setImmediate(again);
    });
    t.task(() => sleep(FOREVER));
    await new Promise(() => {});
  },
  failing: async t => {
    await sleep(FOREVER).catch(() => {});
    throw t.error('cause');
  },
};

/** Goes on after it is given up, long after its limit: nothing it starts happens, but its error is reported. */
const givenUp = async t => {
  await soak.outside(t.late);
  const stray = () => soak.write(`stray: started by ${t.id}, which had been given up`);
  const starts = [
    () => setTimeout(stray, 0),
    () => setInterval(stray, 1),
    () => setImmediate(stray),
    () => queueMicrotask(stray),
    () => t.loop.createTask(stray),
    () => t.loop.callSoon(stray),
    () => sleep(1).then(stray),
    () => promises.setTimeout(1).then(stray),
  ];
  for (const start of starts) {
    try {
      start();
    } catch {
      // Its Loop is closed.
    }
  }
  throw t.error('late');
};

exports.endings = { passing, failing, hanging, givenUp: { throwing: givenUp } };

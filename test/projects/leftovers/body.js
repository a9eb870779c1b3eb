const { log } = require('../log');
const timers = require('node:timers/promises');
const { getRunningLoop, sleep } = require('jest-loop');

// One delay for all: what fires does so in the order in which it was set.
const LATER = 250;
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

// What tests leave behind; the same for each policy.
module.exports = () => {
  test('a timer', () => {
    setTimeout(() => log('timer'), LATER);
  });
  test('several', () => {
    setTimeout(() => log('one of several'), LATER);
    const interval = setInterval(() => {
      log('interval');
      clearInterval(interval);
    }, LATER);
    getRunningLoop().callLater(LATER, () => log('callLater'));
  });
  test('a wait', () => {
    wait(LATER).then(() => log('waited'));
    timers.setTimeout(LATER).then(
      () => log('timers/promises'),
      () => {},
    );
    sleep(LATER).then(
      () => log('slept'),
      () => {},
    );
  });
  test('nothing that matters', async () => {
    clearTimeout(setTimeout(() => log('never: cleared'), LATER));
    setTimeout(() => {}, 60_000).unref();
    setImmediate(() => {});
    await wait(5);
  });
  test('fails, and leaves a timer', () => {
    setTimeout(() => log('of a failed test'), LATER);
    throw new Error('of the test');
  });
  test('takes too long', { timeout: 20 }, async () => {
    setTimeout(() => log('never: of a test that took too long'), LATER);
    await new Promise(() => {});
  });
  fixture('db', () => {
    setTimeout(() => log('of a fixture'), LATER);
  });
  test('in a fixture', ({ db }) => {});
  fixture('closed', async function* () {
    const timer = setTimeout(() => {}, 60_000);
    yield;
    clearTimeout(timer);
  });
  test('a fixture that clears its own', ({ closed }) => {});
  fixture('wide', { scope: 'file' }, async function* () {
    const timer = setInterval(() => {}, 60_000);
    setTimeout(() => log('of a wide fixture, in any case'), LATER);
    yield;
    clearInterval(timer);
  });
  test('a wide fixture', ({ wide }) => {});
  let taskEnded = false;
  test('a task is cancelled in any case', () => {
    getRunningLoop().createTask(async () => {
      try {
        await sleep(60_000);
      } finally {
        taskEnded = true;
      }
    });
  });
  test('at the end of its test', () => expect(taskEnded).toBe(true));
  test.failing('test.failing', () => {
    setTimeout(() => log('of a failing test'), LATER);
    throw new Error('as expected');
  });
  describe('hooks', () => {
    beforeEach(() => {
      setTimeout(() => log('of a beforeEach hook'), LATER);
    });
    afterEach(() => {
      setTimeout(() => log('of an afterEach hook'), LATER);
    });
    test('each', () => {});
  });
  describe('hooks for all', () => {
    beforeAll(() => {
      setTimeout(() => log('of a beforeAll hook'), LATER);
    });
    test('are no test', () => {});
  });
  test('a chain', () => {
    setTimeout(() => setTimeout(() => log('chain'), LATER), LATER);
  });
  test('the last', () => wait(1200));
};

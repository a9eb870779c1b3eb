const { log } = require('../log');
const { sleep } = require('jest-loop');

const forever = () => new Promise(() => {});

/** A fixture with an interval, a task and a buffer that its own timer empties. */
const busy = (name, options) =>
  fixture(name, options, async function* ({ tasks }) {
    let ticks = 0;
    const interval = setInterval(() => ticks++, 1);
    let stop;
    const pump = tasks.start(() => new Promise(resolve => (stop = resolve)), { name });
    await sleep(1);
    yield name;
    const before = ticks;
    await new Promise(resolve => setTimeout(resolve, 20));
    log(`${name}: ${ticks > before ? 'ticks' : 'stands still'}`);
    stop('flushed');
    log(`${name}: ${await pump}`);
    clearInterval(interval);
  });

for (const loopScope of ['test', 'file']) {
  describe(`fixtures keep what they started, loopScope ${loopScope}`, () => {
    busy('own', { loopScope });
    fixture('late', async (_, { onCleanup }) => {
      const timer = setInterval(() => (late.ticks += 1), 1);
      const late = { ticks: 0 };
      onCleanup(async () => {
        const before = late.ticks;
        await sleep(20);
        log(`late: ${late.ticks > before ? 'ticks' : 'stands still'}`);
        clearInterval(timer);
      });
      return late;
    });
    test('when the body expires', { timeout: 20, loopScope }, async ({ own, request }) => {
      await request.get('late');
      setTimeout(() => log('never'), 30);
      await forever();
    });
    test('when one of its tasks fails', { loopScope }, async ({ own, tasks }) => {
      setTimeout(() => log('never'), 30);
      tasks.start(async () => {
        await sleep(5);
        throw new Error('task failed');
      });
      await forever();
    });
    describe('when a hook expires', () => {
      beforeEach(async ({ own }) => forever(), 20);
      test('which runs for a test', { loopScope }, () => {});
    });
  });
}

describe('a task that a test lets a fixture start', () => {
  fixture('jobs', { scope: 'file' }, ({ tasks }) => ({
    begun: [],
    begin(name) {
      this.begun.push(tasks.start(() => sleep(5000), { name }));
    },
  }));
  test("is the fixture's", { timeout: 20 }, async ({ jobs }) => {
    jobs.begin('job');
    await forever();
  });
  test('and goes on', ({ jobs }) => expect(jobs.begun[0].done).toBe(false));
});

describe('one cleanup that expires', () => {
  fixture('several', { timeout: 20 }, async function* (_, { onCleanup }) {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    onCleanup(async () => {
      const before = ticks;
      await new Promise(resolve => setTimeout(resolve, 10));
      log(`after the hanging cleanup: ${ticks > before ? 'ticks' : 'stands still'}`);
      clearInterval(timer);
    });
    onCleanup(forever);
    yield;
  });
  test('leaves the others what they need', ({ several }) => {});
});

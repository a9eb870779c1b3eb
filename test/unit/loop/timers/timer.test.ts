import { clearTimeout as nodeClear } from 'node:timers';
import type { Loop } from '../../../../src/loop';
import { fullTest } from '../../../sizes';
import { alone, newLoop, wait } from '../support';

/** How often the heap is tried to grow. */
const STEPS = 2000;

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

describe('a long-lived Loop', () => {
  test('forgets timers cleared without its knowledge', () => {
    loop.run(() => {
      for (let i = 0; i < 5000; i++) clearTimeout(Number(setTimeout(() => {}, 1000)));
      for (let i = 0; i < 5000; i++) setTimeout(() => {}, 1000).close();
    });
    expect(loop.pending.size).toBeLessThan(600);
  });

  test('forgets no timer that is pending', async () => {
    let fired = 0;
    loop.run(() => {
      for (let i = 0; i < 2000; i++) setTimeout(() => fired++, 1);
      for (let i = 0; i < 2000; i++) nodeClear(Number(setTimeout(() => fired--, 1)));
    });
    await wait(20);
    expect([fired, [...loop.pending].filter(item => item.alive)]).toEqual([2000, []]);
  });

  fullTest('does not grow', () => {
    const { code, out, err } = alone(
      `
      const { setTimeout: timeout, setInterval: ticks } = require('node:timers/promises');
      const loop = new Loop();
      const shutdown = loop.createFuture(), forever = loop.createTask(() => new Promise(() => {}));
      const ignore = () => {};
      const { signal } = new AbortController();
      require('node:events').setMaxListeners(0, signal);
      let count = 0;
      const step = async () => {
        setTimeout(ignore, 0); setImmediate(ignore); clearTimeout(setTimeout(ignore, 1000)); queueMicrotask(ignore);
        loop.callSoon(ignore); loop.callLater(0, ignore); loop.callLater(1000, ignore).cancel();
        await sleep(0); await timeout(0, undefined, { signal });
        if (count++ % 20 === 0) for await (const tick of ticks(1, undefined, { signal })) break;
        await loop.createTask(async signal => 1); await loop.createTask(() => 1);
        loop.createTask(() => sleep(1000)).cancel();
        const waiting = loop.createTask(async () => { await Promise.race([shutdown, forever]) });
        await sleep(0); waiting.cancel(); await waiting.catch(ignore);
        const future = loop.createFuture(); loop.callSoon(() => future.setResult(1)); await future;
        const generator = loop.track((async function* () { yield 1 })()); for await (const one of generator);
        await loop.run(() => sleep(0)); await loop.runUntilComplete(async () => 1);
        const inner = new Loop({ newLoop: true }); setTimeout(ignore, 1000); await inner.close();
      };
      const measure = async n => { for (let i = 0; i < n; i++) await step(); global.gc(); await null; global.gc(); return process.memoryUsage().heapUsed };
      await loop.run(async () => {
        await measure(1000);
        const before = await measure(500);
        const growth = (await measure(${STEPS}) - before) / ${STEPS};
        say(loop.pending.size, growth < 200 ? 'flat' : 'grew by ' + growth);
      });
      process.exit();
    `,
      { flags: ['--expose-gc'] },
    );
    expect({ code, out, err }).toEqual({ code: 0, out: ['1 flat'], err: '' });
  });

  test('closes in time with much pending work', () => {
    const { code, out, err } = alone(`
      const loop = new Loop(); loop.grace = 50;
      for (let i = 0; i < 5000; i++) {
        loop.createTask(() => sleep(100_000));
        loop.createTask(() => new Promise(() => {}));
        loop.callLater(100_000, () => {});
        loop.run(() => setTimeout(() => {}, 100_000));
      }
      await new Promise(setImmediate);
      const began = performance.now();
      await loop.close();
      say(loop.pending.size, performance.now() - began < 10_000);
    `);
    expect({ code, out, err }).toEqual({ code: 0, out: ['0 true'], err: '' });
  });
});

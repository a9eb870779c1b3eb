import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import * as timers from 'node:timers';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { CancelledError, fixture, getRunningLoop, Loop, sleep } from 'jest-loop';
import { log, wait } from '../wide-log';

for (const scope of ['directory', 'worker', 'session'] as const) {
  fixture(`${scope}Ticks`, { scope }, async function* ({ eventLoop }) {
    let ticks = 0;
    // The timers of a wide fixture are its Loop's, whatever they are called.
    setInterval(() => ticks++, 2).unref();
    timers.setTimeout(() => log(`never: a timer of ${scope}Ticks outlived it`), 30_000);
    const task = eventLoop.createTask(async () => {
      try {
        await sleep(30_000);
      } catch (error) {
        log(`the task of ${scope}Ticks: ${error instanceof CancelledError ? 'cancelled' : error}`);
        throw error;
      }
    });
    task.catch(() => {});
    const wait = (): Promise<void> =>
      sleep(30_000).finally(() => log(`the Loop that ${scope}Ticks left open: closed`));
    new Loop().createTask(wait).catch(() => {});
    await sleepFor(10);
    if (ticks === 0 || getRunningLoop() !== eventLoop) throw new Error('no Loop');
    yield eventLoop.name;
    log(`${scope}Ticks down`);
  });
}
fixture('loopOfWorker', { scope: 'worker' }, ({ eventLoop, request }) => ({
  eventLoop,
  same: request.loop === eventLoop,
}));
fixture('loopOfOwn', { scope: 'directory' }, ({ eventLoop }) => ({ eventLoop }));
fixture('directoryInWorker', { scope: 'directory', loopScope: 'worker' }, ({ eventLoop }) => ({ eventLoop }));
fixture('fileInWorker', { scope: 'file', loopScope: 'worker' }, ({ eventLoop }) => ({ eventLoop }));
fixture('testInDirectory', { loopScope: 'directory' }, ({ eventLoop }) => ({ eventLoop }));

// Unhandled errors, when a test says so.
fixture('emitter', { scope: 'worker' }, async function* ({ eventLoop }) {
  const emitter = new EventEmitter();
  emitter.on('reject', text => void Promise.reject(new TypeError(text)));
  emitter.on('throw', text =>
    setTimeout(() => {
      throw new RangeError(text);
    }, 1),
  );
  const inside = AsyncLocalStorage.bind((name, text) => emitter.emit(name, text));
  yield { emit: inside, eventLoop };
  // When no test runs.
  void Promise.reject(new Error('in the teardown of emitter'));
  await wait(5);
});
fixture('later', { scope: 'worker' }, async function* () {
  const fail = AsyncLocalStorage.bind(ms =>
    setTimeout(() => {
      log('later fails');
      throw new Error('while later is unused');
    }, ms),
  );
  yield fail;
});
// A task that fails aborts the users of its fixture.
fixture('watchdog', { scope: 'worker' }, async function* ({ tasks, eventLoop }) {
  const bitten = eventLoop.createFuture();
  void tasks.start(async () => await bitten);
  yield { bite: () => bitten.setException(new TypeError('bitten')) };
});
// The context of a worker, and of what is on top of it.
fixture('storage', { scope: 'worker' }, () => {
  const storage = new AsyncLocalStorage();
  storage.enterWith('of the worker');
  return storage;
});
fixture('inFile', { scope: 'file' }, ({ storage }) => `${storage.getStore()}, seen in the file`);
fixture('entered', { scope: 'directory' }, async ({ storage }) => {
  await null;
  storage.enterWith('of the directory');
});
fixture('neverFromTests', { scope: 'worker' }, ({ storage }) => storage.getStore());

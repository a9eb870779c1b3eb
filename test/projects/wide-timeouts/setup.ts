import { fixture, sleep } from 'jest-loop';
import { log } from '../wide-log';

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

// The nearest from its own scope outward: a plain value, and functions.
fixture('directoryDefaultAsyncTimeout', 40);
fixture('workerDefaultAsyncTimeout', async () => 50);
fixture('sessionDefaultAsyncTimeout', { scope: 'session' }, () => 60);

const waits = (name: string) =>
  async function* (_: unknown, request) {
    request.signal.addEventListener('abort', () => log(`${name} is aborted`), { once: true });
    try {
      await sleep(60_000);
      yield 'never';
    } finally {
      log(`${name} has stopped`);
    }
  };
const lingers = (name: string) =>
  async function* () {
    yield name;
    try {
      await sleep(60_000);
    } finally {
      log(`${name} has stopped`);
    }
  };

for (const scope of ['directory', 'worker', 'session'] as const) {
  fixture(`${scope}Waits`, { scope }, waits(`${scope}Waits`));
  fixture(`${scope}Lingers`, { scope }, lingers(`${scope}Lingers`));
}
fixture('ownLimit', { scope: 'worker', timeout: 30 }, waits('ownLimit'));
fixture('longer', { scope: 'worker', timeout: 5000 }, async () => {
  await wait(120);
  return 'longer';
});
fixture('moreTime', { scope: 'worker' }, async function* ({ asyncTimeout }) {
  asyncTimeout.set(5000);
  await wait(120);
  yield 'more time';
  // It is remembered for the teardown.
  await wait(120);
  log('moreTime has ended');
});
fixture('lessTime', { scope: 'worker' }, async ({ asyncTimeout }) => {
  asyncTimeout.set(20);
  await wait(60_000);
});
fixture('aTask', { scope: 'worker' }, async ({ eventLoop }) => {
  await eventLoop.createTask(async () => await wait(60_000), { name: 'the task' });
});
fixture('waitsForNothing', { scope: 'worker', timeout: 30 }, () => new Promise(() => {}));
fixture('nobodyHasAsked', { scope: 'worker' }, () => 1);
// Nothing comes up while its scope ends.
fixture('asksInTeardown', { scope: 'worker' }, async function* (_, request) {
  yield 1;
  await request.get('nobodyHasAsked').then(
    () => log('never: something came up in a teardown'),
    error => log(error.code),
  );
});
fixture('blocks', { scope: 'worker', timeout: 20 }, () => {
  const end = Date.now() + 60;
  while (Date.now() < end);
  return 'blocks';
});
fixture('defaultAsyncTimeout', 2000);

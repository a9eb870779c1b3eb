import { fixture, sleep } from 'jest-loop';
import { log, logged, wait } from '../wide-log';

class DatabaseError extends Error {
  readonly port = 1;
}

const failing = (scope: string) => async (_: unknown, request) => {
  log(`${scope}Fails tries`);
  request.onCleanup(() => log(`${scope}Fails tidies`));
  await wait(5);
  const error = new TypeError(`${scope} failed`, { cause: new RangeError('no room') });
  throw Object.assign(error, { code: 'E_ROOM', at: { list: [1] } });
};
const never = (scope: string) => () => log(`what depends on ${scope}Fails runs`);

fixture('sessionFails', { scope: 'session' }, failing('session'));
fixture('workerFails', { scope: 'worker' }, failing('worker'));
fixture('ownFails', { scope: 'directory' }, failing('own'));
fixture('onSession', { scope: 'worker', deps: ['sessionFails'] }, never('session'));
fixture('onWorker', { scope: 'directory', deps: ['workerFails'] }, never('worker'));
fixture('ofClass', { scope: 'worker' }, () => {
  throw Object.assign(new DatabaseError('no database'), { name: 'DatabaseError' });
});
fixture('noError', { scope: 'worker' }, () => {
  throw 'a string';
});
fixture('neverYields', { scope: 'worker' }, async function* () {});
fixture('uncrossable', { scope: 'session' }, async function* () {
  log('uncrossable up');
  yield { pool: { connect: () => {} } };
  log('uncrossable down');
});
// A cleanup of a set-up that failed fails as well.
fixture('failsTwice', { scope: 'worker' }, (_, request) => {
  request.onCleanup(() => {
    throw new Error('the cleanup of failsTwice');
  });
  throw new Error('the set-up of failsTwice');
});

// Teardowns that fail: each is reported, and stops no other.
const breaking = (name: string) =>
  async function* (_: unknown, request) {
    request.onCleanup(() => {
      log(`${name} is tidy`);
      throw new Error(`the cleanup of ${name}`);
    });
    log(`${name} up`);
    yield name;
    log(`${name} down`);
    throw new Error(`the teardown of ${name}`);
  };
fixture('breaksInSession', { scope: 'session' }, breaking('breaksInSession'));
fixture('breaksInWorker', { scope: 'worker' }, breaking('breaksInWorker'));
fixture('soundInWorker', { scope: 'worker' }, logged('soundInWorker'));
fixture('alsoBreaksInWorker', { scope: 'worker' }, breaking('alsoBreaksInWorker'));
fixture('breaksInOwn', { scope: 'directory' }, breaking('breaksInOwn'));
fixture('yieldsTwice', { scope: 'worker' }, function* () {
  yield 1;
  yield 2;
});

// Longer than Jest gives a worker that it ends.
const slow = (name: string, value: unknown) =>
  async function* () {
    yield value;
    log(`${name} begins to end`);
    await wait(1600);
    log(`${name} has ended`);
  };
fixture('slowInSession', { scope: 'session' }, slow('slowInSession', 1));
fixture('slowInWorker', { scope: 'worker' }, slow('slowInWorker', 2));

// Background tasks that die: in the set-up, just after it, and later.
const taken = async () => {
  throw new Error('port taken');
};
const deaths: Record<string, (error: Error) => void> = {};
for (const scope of ['directory', 'worker', 'session'] as const) {
  fixture(`${scope}Ready`, { scope }, ({ tasks }) => tasks.ready(taken));
  fixture(`${scope}Returned`, { scope }, ({ tasks }) => {
    tasks.start(taken);
    return scope;
  });
  fixture(`${scope}Waits`, { scope }, async ({ tasks }) => {
    tasks.start(async () => {
      await wait(5);
      throw new Error(`${scope}: died while it waited`);
    });
    await sleep(60_000);
  });
  fixture(`${scope}Dies`, { scope }, async function* ({ tasks }) {
    tasks.start(() => new Promise((_, reject) => (deaths[scope] = reject)));
    await wait(1);
    yield scope;
    log(`${scope}Dies down`);
  });
  fixture(`${scope}Reaper`, { scope, deps: [`${scope}Dies`] }, async () => {
    deaths[scope](new Error(`${scope}: died`));
    await sleep(60_000);
  });
}

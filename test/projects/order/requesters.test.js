const { log } = require('../log');

const use = (name, it) => log(`${name} uses ${it.name}: ${it.isOpen ? 'up' : 'down'}`);

for (const name of ['db', 'cache'])
  fixture(name, async function* () {
    const it = { name, isOpen: true };
    yield it;
    it.isOpen = false;
    log(`${name} down`);
  });

describe('each requester has a place of its own', () => {
  beforeEach(({ request, tasks }) => {
    request.signal;
    request.onCleanup(() => log('cleanup of beforeEach'));
    tasks.start(() => {});
  });
  test('the body, after a hook looked at request', ({ db, request }) =>
    request.onCleanup(() => use('cleanup', db)));
  test('its tasks', async ({ db, tasks }) => {
    tasks.start(async signal => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      use('task', db);
    });
    await new Promise(resolve => setTimeout(resolve, 1));
  });
  describe('an afterEach hook', () => {
    afterEach(({ db, request }) => request.onCleanup(() => use('cleanup of afterEach', db)));
    test('as well', ({ request }) => request.onCleanup(() => log('cleanup of the body')));
  });
  describe('a beforeAll hook', () => {
    fixture('shared', { scope: 'describe' }, async function* () {
      const it = { name: 'shared', isOpen: true };
      yield it;
      it.isOpen = false;
      log('shared down');
    });
    beforeAll(({ request }) => request.onCleanup(() => log('cleanup of beforeAll')));
    beforeAll(({ shared, request }) => request.onCleanup(() => use('cleanup of beforeAll', shared)));
    test('in its block', () => {});
  });
});

describe('each cleanup has the place at which it was registered', () => {
  test('in a body that gets fixtures later', async ({ request }) => {
    request.onCleanup(() => log('first cleanup'));
    const db = await request.get('db');
    request.onCleanup(() => use('second cleanup', db));
    request.onCleanup(() => use('third cleanup', db));
    const cache = await request.get('cache');
    request.onCleanup(() => use('fourth cleanup', cache));
  });
  test('and so has each task', async ({ request, tasks }) => {
    const until = it => signal =>
      new Promise(resolve =>
        signal.addEventListener('abort', () => {
          use('task', it);
          resolve();
        }),
      );
    tasks.start(until({ name: 'nothing', isOpen: true }));
    const db = await request.get('db');
    tasks.start(until(db));
    await new Promise(resolve => setTimeout(resolve, 1));
  });
  test('what a cleanup registers ends with it', ({ db, request }) =>
    request.onCleanup(() => {
      request.onCleanup(() => use('inner cleanup', db));
      log('outer cleanup');
    }));
  test('a cleanup may get what is still up', async ({ db, request }) => {
    request.onCleanup(async () => use('cleanup', await request.get('db')));
    request.onCleanup(() =>
      expect(request.get('cache')).rejects.toMatchObject({ code: 'ERR_FIXTURE_ENDED' }),
    );
  });
  test('the signal aborts after them', ({ db, request }) => {
    const { signal } = request;
    request.onCleanup(() => log(`aborted in the cleanup: ${signal.aborted}`));
    request.onCleanup(() => {
      signal.addEventListener('abort', () => use('listener', db));
    });
  });
});

describe('what a fixture gets after its own set-up', () => {
  fixture('lazy', async function* (_, request) {
    const it = {};
    it.open = async () => {
      it.db = await request.get('db');
    };
    yield it;
    use('teardown of lazy', it.db);
  });
  fixture('user', async function* ({ lazy }) {
    yield lazy;
    use('teardown of user', lazy.db);
  });
  test('goes down after it', ({ lazy }) => lazy.open());
  test('and after those that use it', ({ user, cache }) => user.open());
  test('though it was up already', ({ user, db }) => user.open());
  fixture('dependant', async function* ({ getter }) {
    yield getter;
    log(`dependant down, getter ${getter.isOpen ? 'up' : 'down'}`);
  });
  fixture('getter', async function* (_, request) {
    const it = { isOpen: true, open: () => request.get('dependant') };
    yield it;
    it.isOpen = false;
    log('getter down');
  });
  test('unless that depends on it', ({ getter }) => getter.open());
});

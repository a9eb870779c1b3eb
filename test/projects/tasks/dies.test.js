/** @jest-loop {"defaultAsyncTimeout": 90000} */
const { log } = require('../log');
const { sleep } = require('jest-loop');

const taken = async () => {
  throw new Error('port taken');
};
const forever = () => new Promise(() => {});
const began = performance.now();

describe('a task that dies in a set-up', () => {
  for (const scope of ['test', 'describe', 'file']) {
    const name = on => `${on}_${scope}`;
    fixture(name('ready'), { scope }, ({ tasks }) => tasks.ready(taken));
    fixture(name('waits'), { scope }, async ({ tasks }) => {
      tasks.start(async () => {
        await sleep(5);
        throw new Error('died while it waited');
      });
      await sleep(60_000);
    });
    fixture(name('unheard'), { scope }, async ({ tasks }) => {
      const listening = tasks.ready(async () => {
        await sleep(5);
        throw new Error('died before it was ready');
      });
      await sleep(60_000);
      await listening;
    });
    fixture(name('handled'), { scope }, async ({ tasks }) =>
      tasks.ready(taken).catch(error => error.message),
    );
    fixture(name('returned'), { scope }, ({ tasks }) => {
      tasks.start(taken);
      return 'up';
    });
  }
  test('of a test: is reported once', ({ ready_test }) => log('never'));
  test('of a test: at once', ({ waits_test }) => log('never'));
  test('of a test: though it is awaited later', ({ unheard_test }) => log('never'));
  test('of a test: unless it is handled', ({ handled_test }) => expect(handled_test).toBe('port taken'));
  test('of a test: after it returned', ({ returned_test }) => sleep(60_000));
  test('of a block: is reported once', ({ ready_describe }) => log('never'));
  test('of a block: and remembered', ({ ready_describe }) => log('never'));
  test('of a block: at once', ({ waits_describe }) => log('never'));
  test('of a block: though it is awaited later', ({ unheard_describe }) => log('never'));
  test('of a block: unless it is handled', ({ handled_describe }) =>
    expect(handled_describe).toBe('port taken'));
  test('of a block: after it returned', ({ returned_describe }) => sleep(60_000));
  test('of a block: which counts as failed', ({ returned_describe }) => log('never'));
  test('of a file: is reported once', ({ ready_file }) => log('never'));
  test('of a file: and remembered', ({ ready_file }) => log('never'));
  test('of a file: at once', ({ waits_file }) => log('never'));
  test('of a file: though it is awaited later', ({ unheard_file }) => log('never'));
  test('of a file: unless it is handled', ({ handled_file }) => expect(handled_file).toBe('port taken'));
  test('of a file: after it returned', ({ returned_file }) => sleep(60_000));
  test('of a file: which counts as failed', ({ returned_file }) => log('never'));
  test('it is handled where request.get is', async ({ request }) => {
    await expect(request.get('ready_test')).rejects.toThrow('port taken');
    await expect(request.get('waits_test')).rejects.toThrow('died while it waited');
  });
});

let die;
fixture('server', { scope: 'file' }, async function* ({ tasks }) {
  tasks.start(() => new Promise((_, reject) => (die = reject)));
  await sleep(1);
  yield 'server';
  log('server down');
});
fixture('client', { scope: 'file' }, async function* ({ server }) {
  yield 'client';
  log('client down');
});
fixture('slow', { scope: 'file' }, async ({ client }) => sleep(60_000));

describe('a shared fixture whose task dies', () => {
  describe('ends its users', () => {
    afterEach(({ client }) => log(`afterEach has ${client}`));
    test('a set-up that waits for it', ({ server, request }) => {
      setTimeout(() => die(new Error('server died')), 5);
      return request.get('slow');
    });
  });
  test('is a failure from then on', ({ client }) => log('never'));
  test('for requests at run time, too', async ({ request }) => {
    await expect(request.get('server')).rejects.toThrow('server died (first seen in "');
  });
  let dieAlone;
  fixture('alone', { scope: 'file' }, async function* ({ tasks }) {
    tasks.start(() => new Promise((_, reject) => (dieAlone = reject)));
    await sleep(1);
    yield 'alone';
  });
  test('without a user', ({ alone }) => {});
  test('dies', () => dieAlone(new Error('died alone')));
  test('fails the next requester', ({ alone }) => log('never'));
  let dieUnseen;
  fixture('unseen', { scope: 'file' }, async function* ({ tasks }) {
    tasks.start(() => new Promise((_, reject) => (dieUnseen = reject)));
    await sleep(1);
    yield 'unseen';
    log('unseen down');
  });
  test('without a later requester', ({ unseen }) => {});
  test('to the file', () => dieUnseen(new Error('died unseen')));
});

describe('a beforeAll hook', () => {
  describe('whose task dies while it waits', () => {
    beforeAll(async ({ tasks }) => {
      tasks.start(async () => {
        await sleep(5);
        throw new Error('task of beforeAll died');
      });
      await sleep(60_000);
    });
    test('fails at once', () => log('never'));
  });
  describe('whose task is not ready', () => {
    beforeAll(({ tasks }) => tasks.ready(taken));
    test('fails with its error', () => log('never'));
  });
  describe('whose task dies when it has returned', () => {
    beforeAll(({ tasks }) => {
      tasks.start(async () => {
        await sleep(10);
        throw new Error('task of beforeAll died later');
      });
    });
    test('ends the test that runs', () => sleep(60_000));
    test('and fails those to come', () => log('never'));
    describe('in blocks', () => {
      test('further in', () => log('never'));
    });
  });
  describe('whose task dies just after it returned', () => {
    beforeAll(({ tasks }) => void tasks.start(taken));
    test('fails', () => log('never'));
  });
  let die;
  describe('that uses a shared fixture whose task dies', () => {
    fixture('backend', { scope: 'describe' }, async ({ tasks }) => {
      tasks.start(() => new Promise((_, reject) => (die = reject)));
      await sleep(1);
    });
    beforeAll(async ({ backend }) => {
      setTimeout(() => die(new Error('backend died')), 5);
      await sleep(60_000);
    });
    test('fails at once', () => log('never'));
  });
});

test('nothing waited for its limit', () => expect(performance.now() - began).toBeLessThan(30_000));

const { Loop, getRunningLoop, getEventLoop, sleep } = require('jest-loop');
const { log } = require('../log');

class Custom extends Loop {}

describe('a custom class', () => {
  let last;
  fixture('eventLoop', () => new Custom({ name: 'custom' }));
  fixture('db', async ({ eventLoop }) => {
    await sleep(1);
    return [eventLoop, getRunningLoop()];
  });
  fixture('unasking', () => getRunningLoop());
  beforeEach(() => {
    expect(getRunningLoop()).toBeInstanceOf(Custom);
  });
  test('is that of the test and of its fixtures', ({ eventLoop, db, unasking }) => {
    last = eventLoop;
    expect(eventLoop).toBeInstanceOf(Custom);
    expect(new Set([eventLoop, ...db, unasking, getRunningLoop(), getEventLoop()]).size).toBe(1);
    setTimeout(() => log('never'), 20);
    eventLoop.createTask(async () => {
      try {
        await sleep(5000);
      } finally {
        log('its tasks are cancelled');
      }
    });
  });
  test('is closed with the test, and another for the next', ({ eventLoop }) => {
    expect(last.closed).toBe(true);
    expect(eventLoop).toBeInstanceOf(Custom);
    expect(eventLoop).not.toBe(last);
  });
  test('it need not be named', () => expect(getRunningLoop()).toBeInstanceOf(Custom));
  test('a limit cancels what was started in it', { timeout: 20 }, async () => {
    try {
      await sleep(5000);
    } finally {
      log('finally');
    }
  });
});

describe('a wider scope', () => {
  let first;
  fixture('eventLoop', { scope: 'describe' }, async function* () {
    const loop = new Loop({ name: 'of the block' });
    yield loop;
    log('eventLoop down');
    await loop.close();
  });
  fixture('db', { scope: 'describe' }, async function* () {
    yield getRunningLoop();
    log(`db down, its Loop is ${getRunningLoop().closed ? 'closed' : 'open'}`);
  });
  beforeAll(() => {
    first = getRunningLoop();
  });
  test('is shared by the tests', ({ eventLoop, db }) => {
    expect(eventLoop.name).toBe('of the block');
    expect(first).toBe(eventLoop);
    expect(db).toBe(eventLoop);
    expect(getRunningLoop()).toBe(first);
  });
  test('and not closed between them', () => {
    expect(getRunningLoop()).toBe(first);
    expect(first.closed).toBe(false);
  });
});

describe('of another', () => {
  fixture('eventLoop', ({ eventLoop }) => {
    eventLoop.setDebug(true);
    return eventLoop;
  });
  test('the Loop that it overrides is that of the test', ({ eventLoop, request }) => {
    expect(eventLoop.debug).toBe(true);
    expect(eventLoop.name).toBe('test loop');
    expect(getRunningLoop()).toBe(eventLoop);
    expect(request.loop).toBe(eventLoop);
  });
});

describe('of one test', () => {
  const own = new Loop({ name: 'own' });
  test('overrides', { overrides: { eventLoop: () => own } }, ({ eventLoop }) => {
    expect(eventLoop).toBe(own);
    expect(getRunningLoop()).toBe(own);
  });
  test.extend('eventLoop', () => new Custom())('an extended test', () =>
    expect(getRunningLoop()).toBeInstanceOf(Custom),
  );
  test('the next has its own again', () => expect(getRunningLoop().name).toBe('test loop'));
});

describe('no Loop', () => {
  fixture('eventLoop', () => 'a Loop, honestly');
  test('fails the test', () => {});
});
test('elsewhere all is as ever', ({ eventLoop }) => expect(eventLoop.name).toBe('test loop'));

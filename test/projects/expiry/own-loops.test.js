const { log } = require('../log');
const timers = require('node:timers/promises');
const { Loop, sleep } = require('jest-loop');

const forever = () => new Promise(() => {});

/** Work in a Loop whose end is logged. */
const working = name => async () => {
  try {
    await timers.setTimeout(60_000);
  } finally {
    await sleep(1);
    log(`${name} cleaned up`);
  }
};

describe('what expired code started in a Loop of its own is cancelled', () => {
  let loop;
  beforeEach(() => {
    loop = new Loop({ name: 'own' });
  });
  afterEach(() => log(`${loop.tasks().length} tasks left, ${loop.closed ? 'closed' : 'open'}`));

  test('a task, a callback, a timer', { timeout: 100 }, async () => {
    loop.createTask(working('task'), { name: 'pump' });
    loop.callLater(60_000, () => log('never'));
    loop.run(() => setInterval(() => log('never'), 30_000));
    await forever();
  });
  test('runUntilComplete', { timeout: 101 }, async () => {
    await loop.runUntilComplete(working('run'));
  });
  describe('in a hook', () => {
    beforeEach(() => loop.runUntilComplete(working('hook')), 102);
    test('as well', () => {});
  });
  describe('in a fixture', () => {
    fixture('busy', { timeout: 103 }, () => loop.runUntilComplete(working('fixture')));
    test('as well', ({ busy }) => {});
  });
  describe('but no work of others', () => {
    fixture('inLoop', async function* () {
      const task = loop.createTask(working('fixture'), { name: 'other' });
      yield loop;
      log(`${loop.tasks().length} task of the fixture`);
      await loop.close();
      log(`cancelled: ${task.cancelled}`);
    });
    test('which may stay', { timeout: 104 }, ({ inLoop }) => inLoop.runUntilComplete(working('body')));
  });
});

test('a Loop that is left open ends with the file', async () => {
  const forgotten = new Loop({ name: 'forgotten' });
  forgotten.createTask(working('forgotten task'));
  forgotten
    .track(
      (async function* () {
        try {
          yield;
        } finally {
          log('forgotten generator finished');
        }
      })(),
    )
    .next();
  await sleep(1);
});

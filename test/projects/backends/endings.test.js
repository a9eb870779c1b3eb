const { Loop, Service, sleep } = require('jest-loop');
const { log } = require('../log');

fixture('loopBackend', { params: ['node', 'virtual', 'chaos'] }, (_, { param }) => param);

async function waits(name) {
  try {
    await sleep(100_000);
  } finally {
    await sleep(3);
    log(`${name} cleaned up`);
  }
}

describe('what is cancelled after the test may wait', () => {
  test('a task of the test', async ({ tasks, loopBackendName }) => {
    tasks.start(() => waits(`${loopBackendName}: task`));
    await sleep(1);
  });

  test('a task of its Loop', async ({ eventLoop, loopBackendName }) => {
    eventLoop.createTask(() => waits(`${loopBackendName}: task of the Loop`));
    await sleep(1);
  });

  test('one that starts another', async ({ eventLoop, loopBackendName }) => {
    eventLoop.createTask(async () => {
      try {
        await sleep(100_000);
      } finally {
        await eventLoop.createTask(() => sleep(5));
        log(`${loopBackendName}: task of a task cleaned up`);
      }
    });
    await sleep(1);
  });

  test('a generator', async ({ eventLoop, loopBackendName }) => {
    const generator = eventLoop.track(
      (async function* () {
        try {
          yield 1;
        } finally {
          await sleep(3);
          log(`${loopBackendName}: generator cleaned up`);
        }
      })(),
    );
    await generator.next();
  });

  describe('of a fixture', () => {
    fixture('worker', async ({ tasks, loopBackendName }) => {
      tasks.start(() => waits(`${loopBackendName}: task of a fixture`));
      await sleep(1);
    });
    test('a task', async ({ worker }) => {});
  });

  describe('of a hook', () => {
    beforeEach(async ({ tasks, loopBackendName }) => {
      tasks.start(() => waits(`${loopBackendName}: task of a hook`));
      await sleep(1);
    });
    test('a task', async () => {});
  });

  describe('of a fixture that fails', () => {
    fixture('broken', async ({ tasks, loopBackendName }) => {
      tasks.start(() => waits(`${loopBackendName}: task of a broken fixture`));
      await sleep(1);
      throw new Error('broken');
    });
    test('a task', async ({ broken }) => {});
  });

  describe('of an eventLoop fixture', () => {
    fixture('eventLoop', () => new Loop());
    test('a task', async ({ eventLoop, loopBackendName }) => {
      eventLoop.createTask(() => waits(`${loopBackendName}: task of an eventLoop fixture`));
      await sleep(1);
    });
  });

  describe('of a service', () => {
    fixture('services', ({ loopBackendName }) => [
      new (class extends Service {
        async start() {
          this.started();
          await waits(`${loopBackendName}: service`);
        }
      })(),
    ]);
    test('its start()', async ({ entrypoint }) => {
      await sleep(1);
    });
  });
});

test('its timers do not fire meanwhile, unless they are due', async ({ eventLoop, loopBackendName }) => {
  setTimeout(() => log(`${loopBackendName}: never`), 100_000);
  setTimeout(() => log(`${loopBackendName}: due`), 2);
  eventLoop.createTask(() => waits(`${loopBackendName}: task beside timers`));
  await sleep(1);
});

const { test, Service, sleep } = require('jest-loop');

const stopped = [];

class Dies extends Service {
  async start() {
    this.started();
    await sleep(20);
    throw new Error('dead');
  }
}
class Slow extends Service {
  async start() {
    await sleep(200);
  }
  stop(error) {
    stopped.push(`Slow: ${error.cause?.message ?? error.message}`);
  }
}
/** Its start ends with an error of its own when it is cancelled. */
class Ends extends Service {
  async start() {
    try {
      await sleep(200);
    } catch {
      throw new Error('half made');
    }
  }
}
/** A start that nothing can end. */
class Hangs extends Slow {
  start() {
    return new Promise(() => {});
  }
}

describe('a service that dies while another one starts', () => {
  test.override('services', () => [new Dies(), new Slow()]);
  test('is the error', () => {});
  test('the other one is stopped', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['Slow: dead']);
  });
});

describe('beside one with an error of its own', () => {
  test.override('services', () => [new Dies(), new Ends()]);
  test('both are reported', () => {});
});

describe('beside one that cannot be cancelled', () => {
  test.override('services', () => [new Dies(), new Hangs()]);
  test('is the error', () => {});
  test('the other one is stopped', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['Slow: dead']);
  });
});

describe('while a handler runs', () => {
  test.override('services', () => [new Dies()]);
  const entrypointOptions = { postStart: () => sleep(200) };
  test('is the error', { overrides: { entrypointOptions } }, () => {});
});

describe('at run time', () => {
  test('is the error', async ({ entrypoint }) => {
    await entrypoint.startServices(new Dies(), new Slow());
  });
  const entrypointOptions = { postStart: () => sleep(200) };
  test('also while a handler runs', { overrides: { entrypointOptions } }, async ({ entrypoint }) => {
    await entrypoint.startServices(new Dies());
  });
});

describe('of a test’s fixture, in the services of a block', () => {
  class DiesOnce extends Dies {
    starts = 0;
    stops = [];
    async start() {
      if (++this.starts === 1) await super.start();
    }
    stop(error) {
      this.stops.push(error?.message);
    }
  }
  const service = new DiesOnce();
  test.override('services', { scope: 'describe' }, () => []);
  fixture('client', async ({ entrypoint }) => {
    await entrypoint.startServices(service);
    return service;
  });
  test('is the error', async ({ client }) => {
    await sleep(5000);
    client.stop();
  });
  test('is started again for the next test', ({ client }) => {
    expect([client.starts, client.stops]).toEqual([2, ['dead']]);
  });
});

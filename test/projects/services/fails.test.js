const { test, fixture, ProcessService, Service } = require('jest-loop');

class Fine extends Service {
  start() {}
}
class Throws extends Service {
  start() {
    throw new Error('port taken');
  }
}
class Hangs extends Service {
  start() {
    return new Promise(() => {});
  }
}
class Dies extends Service {
  async start() {
    this.started();
    await new Promise(resolve => setTimeout(resolve, 30));
    throw new Error('died of old age');
  }
}
class NoStop extends Service {
  start() {}
  stop() {
    throw new Error('no way down');
  }
}

describe('one fails to start', () => {
  test.override('services', () => [new Fine(), new Throws()]);
  test('the test fails', () => {
    throw new Error('never runs');
  });
});

describe('two fail', () => {
  test.override('entrypointOptions', () => ({ startTimeout: 50 }));
  test.override('services', () => [new Throws(), new Hangs(), new Fine()]);
  test('both are named', () => {});
});

describe('one dies', () => {
  test.override('services', () => [new Dies(), new Fine()]);
  test('the test is aborted', async () => {
    await new Promise(() => {});
  });
});

describe('two fail to stop', () => {
  test.override('services', () => [new NoStop(), new Fine(), new NoStop()]);
  test('each is told once', () => {});
});

describe('a block', () => {
  test.override('services', { scope: 'describe' }, () => [new Dies()]);
  test('fails when its service dies', () => new Promise(() => {}));
});

describe('fixtures that start a service each', () => {
  for (const [name, Started] of Object.entries({ dying: Dies, fine: Fine }))
    fixture(name, { scope: 'file' }, async ({ entrypoint }) => entrypoint.startServices(new Started()));
  test('fail when it dies', ({ dying }) => new Promise(() => {}));
  test('not when that of another one dies', ({ fine }) => {});
});

describe('processes', () => {
  const script = code => ({ command: 'node', args: ['-e', code], name: 'child' });
  const waiting = 'console.log("ready"); setInterval(() => {}, 1000)';

  describe('one that waits', () => {
    test.override('services', () => [new ProcessService({ ...script(waiting), ready: /ready/ })]);
    test('shows nothing where the test passes', () => {});
    test('shows its output where it fails', () => {
      throw new Error('the body');
    });
  });

  describe('one that ends', () => {
    test.override('services', () => [
      new ProcessService(script('console.error("no config"); setTimeout(() => process.exit(3), 50)')),
    ]);
    test('ends the test', () => new Promise(() => {}));
  });
});

describe('no services', () => {
  test.override('services', () => [Fine]);
  test('a class is none', () => {});
});

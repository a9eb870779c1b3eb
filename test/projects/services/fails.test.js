const { test, fixture, HttpServerService, ProcessService, Service, TcpServerService } = require('jest-loop');

const stopped = [];

class Fine extends Service {
  start() {}
  stop(error) {
    stopped.push(error?.message);
  }
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
  test('those that had started are stopped, and get the error', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['port taken']);
  });
});

describe('two fail', () => {
  test.override('entrypointOptions', () => ({ startTimeout: 50 }));
  test.override('services', () => [new Throws(), new Hangs(), new Fine()]);
  test('both are named', () => {});
  test('and the third gets the error of the first', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['port taken']);
  });
});

describe('one dies', () => {
  test.override('services', () => [new Dies(), new Fine()]);
  test('the test is aborted', async () => {
    await new Promise(() => {});
  });
  test('the others are stopped, and get the error', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['died of old age']);
  });
});

describe('a context value that is never set', () => {
  test('ends with the test that waits for it, once', { timeout: 50 }, async ({ entrypoint }) => {
    await entrypoint.context.get('port');
  });
  test('or is set for one that waits no longer', { timeout: 51 }, async ({ entrypoint, request }) => {
    request.onCleanup(() => entrypoint.context.set('port', 80));
    await entrypoint.context.get('port');
  });
});

describe('two fail to stop', () => {
  test.override('services', () => [new NoStop(), new Fine(), new NoStop()]);
  test('each is reported once', () => void stopped.splice(0));
  test('the others are stopped', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual([undefined]);
  });
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

describe('mistakes', () => {
  test.override('services', () => []);
  test('a class is no service', { overrides: { services: [Fine] } }, () => {});
  const options = {
    'an option that there is not': { stopTimout: 5 },
    'a limit that is none': { startTimeout: 'long' },
    'a handler that is none': { preStart: 'connect' },
  };
  for (const [name, entrypointOptions] of Object.entries(options))
    test(name, { overrides: { entrypointOptions } }, () => {});
  test('options that are none', { overrides: { entrypointOptions: null } }, () => {});
  for (const defaultContext of [null, 5, ['a']])
    test(`a context that is none: ${defaultContext}`, { overrides: { defaultContext } }, () => {});
  test('a key that is none', async ({ entrypoint }) => {
    const { context } = entrypoint;
    const message = 'expected a text as key, got Symbol(key) (symbol)';
    await expect(context.get(Symbol('key'))).rejects.toThrow(`context.get() ${message}`);
    expect(() => context.set(Symbol('key'), 1)).toThrow(`context.set() ${message}`);
    expect(() => context.peek(Symbol('key'))).toThrow(`context.peek() ${message}`);
  });
  const fails = () => {
    throw new Error('no database');
  };
  test('a handler that fails', { overrides: { entrypointOptions: { preStart: fails } } }, () => {});
  test.each([
    [() => new ProcessService({ args: ['-e', ''] }), 'a program as command, got undefined'],
    [() => new ProcessService({ command: 'node', args: '-e' }), 'an array of strings as args, got "-e"'],
    [
      () => new ProcessService({ command: 'node', ready: 'up' }),
      'a RegExp, a function of a line, or { port }',
    ],
    [
      () => new ProcessService({ command: 'node', ready: { port: 99_999 } }),
      'a RegExp, a function of a line, or { port }',
    ],
    [() => new ProcessService({ command: 'node', stopSignal: 'SIGX' }), 'a signal as stopSignal, got "SIGX"'],
    [() => new TcpServerService({ port: 80 }), 'a function as onConnection'],
    [() => new TcpServerService({ port: 99_999, onConnection() {} }), 'a port from 0 to 65535 as port'],
    [() => new HttpServerService(), 'a function as listener'],
    [() => new HttpServerService({ port: '80', listener() {} }), 'a port from 0 to 65535 as port, got "80"'],
    [() => new HttpServerService({ host: 4, listener() {} }), 'a host name or address as host, got 4'],
    [() => new TcpServerService({ name: 7, onConnection() {} }), 'a text as name, got 7'],
    [() => new ProcessService({ command: 'node', name: '' }), 'a text as name, got ""'],
    [() => new ProcessService(null), 'an object, got null'],
    [() => new TcpServerService(null), 'an object, got null'],
    [() => new HttpServerService([]), 'an object, got [] (array)'],
    [() => new ProcessService({ command: 'node', env: 'A=1' }), 'an object of variables as env, got "A=1"'],
  ])('an argument %#', (make, message) => expect(make).toThrow(`expected ${message}`));
  test.each([
    [() => new HttpServerService({ prot: 80, listener() {} }), 'HttpServerService', 'prot', 'port'],
    [() => new TcpServerService({ onConection() {} }), 'TcpServerService', 'onConection', 'onConnection'],
    [
      () => new ProcessService({ command: 'node', stopTimout: 5 }),
      'ProcessService',
      'stopTimout',
      'stopTimeout',
    ],
  ])('a misspelt option %#', (make, type, option, meant) => {
    expect(make).toThrow(`new ${type}() got unknown option "${option}".\n  Known options: `);
    expect(make).toThrow(`To fix: write "${meant}".`);
  });
  test('an option of a subclass', () => {
    const { retries } = new (class extends HttpServerService {
      constructor(options) {
        super({ listener() {}, ...options });
        this.retries = options.retries;
      }
    })({ retries: 3 });
    expect(retries).toBe(3);
  });
});

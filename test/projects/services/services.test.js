const net = require('node:net');
const http = require('node:http');
const { test, fixture, HttpServerService, ProcessService, Service, TcpServerService } = require('jest-loop');

const events = [];

class Logged extends Service {
  constructor(label) {
    super();
    this.label = label;
  }

  get name() {
    return this.label;
  }

  start() {
    events.push(`start ${this.label}`);
  }

  async stop() {
    events.push(`stop ${this.label}`);
  }
}

const get = url =>
  new Promise((resolve, reject) => {
    http
      .get(url, response => {
        let body = '';
        response.on('data', part => (body += part)).on('end', () => resolve(body));
      })
      .on('error', reject);
  });

describe('nothing is declared', () => {
  test('services is empty', ({ services, defaultContext, entrypointOptions }) => {
    expect(services).toStrictEqual([]);
    expect(defaultContext).toStrictEqual({});
    expect(entrypointOptions).toStrictEqual({});
  });

  test('services may be started at run time', async ({ entrypoint }) => {
    await entrypoint.startServices(new Logged('late'), new Logged('later'));
    expect(entrypoint.services.map(({ name }) => name)).toEqual(['late', 'later']);
    await entrypoint.stopServices(entrypoint.services[0]);
    expect(events).toEqual(['start late', 'start later', 'stop late']);
  });

  test('and stopped with the test', () => {
    expect(events.splice(0)).toEqual(['start late', 'start later', 'stop late', 'stop later']);
  });

  let kept;
  test('an entrypoint that starts nothing', ({ entrypoint }) => {
    kept = entrypoint;
  });
  test('ends with its test all the same', async () => {
    await expect(kept.startServices(new Logged('too late'))).rejects.toThrow('the entrypoint has ended');
    await expect(kept.context.get('nothing')).rejects.toThrow('"nothing" was never set');
    expect(kept.closing.aborted).toBe(true);
    expect(events).toEqual([]);
  });

  fixture('atFile', { scope: 'file' }, async ({ entrypoint }) => {
    const service = new TcpServerService({ onConnection: socket => socket.end('hi') });
    await entrypoint.startServices(service);
    return service.port;
  });

  test('a fixture of the file has one as well', async ({ atFile }) => {
    const socket = net.connect(atFile, '127.0.0.1').setEncoding('utf8');
    let text = '';
    for await (const part of socket) text += part;
    expect(text).toBe('hi');
  });
});

describe('services', () => {
  test.override('services', ({ request }) => [new Logged('a'), new Logged(request.test.name)]);

  test('start', () => {
    expect(events.splice(0)).toEqual(['start a', 'start start']);
  });

  test('stop', () => {
    expect(events.splice(0)).toEqual(['stop a', 'stop start', 'start a', 'start stop']);
  });

  test('for one test', { overrides: { services: [] } }, () => {
    expect(events.splice(0)).toEqual(['stop a', 'stop stop']);
  });
});

describe('services of a block', () => {
  fixture('services', { scope: 'describe' }, () => [new Logged('block')]);

  test('start once', () => expect(events).toEqual(['start block']));
  test('for all tests', ({ entrypoint, services }) => {
    expect(events.splice(0)).toEqual(['start block']);
    expect(entrypoint.services).toEqual(services);
  });
});

test('they stop with the block', () => {
  expect(events.splice(0)).toEqual(['stop block']);
});

describe('parametrised', () => {
  fixture('services', { params: ['x', 'y'] }, (_, { param }) => [new Logged(param)]);

  test('once for each', ({ services }) => {
    expect(events.splice(0).at(-1)).toBe(`start ${services[0].name}`);
  });
});

describe('context and signals', () => {
  class Asks extends Service {
    async start() {
      this.seen = [await this.context.get('given'), await this.context.get('made')];
    }
  }
  class Makes extends Service {
    start() {
      this.context.set('made', 2);
    }
  }
  test.override('defaultContext', () => ({ given: 1 }));
  test.override('services', () => [new Asks(), new Makes()]);

  test('are there', ({ services, entrypoint }) => {
    expect(services[0].seen).toEqual([1, 2]);
    expect(entrypoint.context.peek('made')).toBe(2);
    expect(() => entrypoint.preStop.connect(() => {})).toThrow('The signal preStop is frozen');
    expect(entrypoint.closing.aborted).toBe(false);
  });

  test('a key that is never set rejects with its name', async ({ entrypoint, request }) => {
    const waiting = entrypoint.context.get('nothing');
    request.onCleanup(() => {});
    waiting.catch(error => events.push(error.message.split('\n')[0]));
  });

  test('when the entrypoint ends', () => {
    expect(events.splice(0)).toContain(
      'The context value "nothing" was never set: the entrypoint has ended.',
    );
  });
});

describe('signals', () => {
  class Connects extends Logged {
    start() {
      super.start();
      for (const name of ['postStart', 'preStop', 'postStop'])
        this.entrypoint[name].connect(async ({ services, entrypoint }) => {
          await null;
          events.push(`${name} ${services.map(each => each.name)} ${entrypoint.closing.aborted}`);
        });
    }
  }
  test.override('services', () => [new Connects('first'), new Logged('second')]);

  test('a service connects them as it starts', async ({ entrypoint }) => {
    await entrypoint.startServices(new Logged('third'));
    expect(events.splice(0)).toEqual([
      'start first',
      'start second',
      'postStart first,second false',
      'start third',
      'postStart third false',
    ]);
  });
});
test('their handlers are called to the end', () => {
  const all = 'first,second,third true';
  expect(events.splice(0)).toEqual([
    `preStop ${all}`,
    'stop first',
    'stop second',
    'stop third',
    `postStop ${all}`,
  ]);
});

describe('ready-made', () => {
  const server = new HttpServerService({ listener: (_, response) => response.end('hello') });
  const child = new ProcessService({
    command: process.execPath,
    args: ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
    ready: /^ready$/,
  });
  fixture('services', { scope: 'file' }, () => [server, child]);

  test('a server answers', async () => expect(await get(server.url)).toBe('hello'));
  test('a process runs', () => {
    process.kill(child.pid, 0);
    expect(child.output).toBe('ready');
  });
});

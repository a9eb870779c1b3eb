import * as net from 'node:net';
import {
  type AnyService,
  type Entrypoint,
  expect,
  HttpServerService,
  ProcessService,
  Service,
  sleep,
  TcpServerService,
  test,
} from 'jest-loop';

const events: string[] = [];

/** Goes on after it is ready, until it is cancelled. */
class Consumer extends Service {
  constructor(readonly topic: string) {
    super();
  }

  override get name(): string {
    return this.topic;
  }

  async start(): Promise<void> {
    events.push(`start ${this.topic}`);
    this.started();
    try {
      await sleep(60_000);
    } finally {
      events.push(`cancelled ${this.topic}`);
    }
  }

  override async stop(error?: unknown): Promise<void> {
    await null;
    events.push(`stop ${this.topic} ${error === undefined ? 'in order' : (error as Error).message}`);
  }
}

describe('the signals of the first start', () => {
  const tell = (moment: string) => {
    return async ({ entrypoint, services }: { entrypoint: Entrypoint; services: readonly AnyService[] }) => {
      await null;
      const running = entrypoint.services.map(({ name }) => name);
      events.push(`${moment} ${services.map(({ name }) => name)}; running: ${running}`);
    };
  };
  test.override('entrypointOptions', () => ({
    preStart: tell('preStart'),
    postStart: tell('postStart'),
    preStop: tell('preStop'),
    postStop: tell('postStop'),
  }));
  test.override('services', () => [new Consumer('orders')]);

  test('are given by entrypointOptions', async ({ entrypoint }) => {
    const late = new Consumer('late');
    await entrypoint.startServices(late);
    await entrypoint.stopServices(late);
    expect(events.splice(0)).toEqual([
      'preStart orders; running: ',
      'start orders',
      'postStart orders; running: orders',
      'preStart late; running: orders',
      'start late',
      'postStart late; running: orders,late',
      'preStop late; running: orders,late',
      'stop late in order',
      'cancelled late',
      'postStop late; running: orders',
    ]);
    expect(() => entrypoint.preStart.connect(() => {})).toThrow('The signal preStart is frozen');
  });
});

test('running services are stopped, then cancelled', () => {
  expect(events.splice(0)).toEqual([
    'preStop orders; running: orders',
    'stop orders in order',
    'cancelled orders',
    'postStop orders; running: ',
  ]);
});

const extended = test.extend('services', [new Consumer('of an extended test')]);
extended('services of an extended test', ({ services }) => {
  expect(events.splice(0)).toEqual(['start of an extended test']);
  expect(services).toHaveLength(1);
});
test('are not those of others', ({ entrypoint }) => {
  expect(entrypoint.services).toEqual([]);
  expect(events.splice(0)).toEqual(['stop of an extended test in order', 'cancelled of an extended test']);
});
describe('overridden', () => {
  extended.override('services', { scope: 'describe' }, [new Consumer('overridden')]);
  const names = (services: readonly AnyService[]) => services.map(({ name }) => name);
  extended('once', ({ services }) => expect(names(services)).toEqual(['overridden']));
  const own = { overrides: { services: [new Consumer('of the test')] } };
  extended('per test', own, ({ entrypoint }) => {
    expect(names(entrypoint.services)).toEqual(['of the test']);
    expect(events.splice(0)).toEqual(['start overridden', 'start of the test']);
  });
});

const topics = test.extend('services', { scope: 'file', params: ['red', 'blue'] }, (_, { param }) => [
  new Consumer(param as string),
]);
for (const name of ['one test', 'another test'])
  topics(`${name} of each value`, ({ services: [service] }) => void events.push(`${name} ${service!.name}`));
test('one value at a time', () => {
  const all = ['red', 'blue'].flatMap(each => [`start ${each}`, `one test ${each}`, `another test ${each}`]);
  expect(events.filter(each => !/stop|cancelled/.test(each))).toEqual(all);
  events.length = 0;
});

describe('context', () => {
  class Asks extends Service {
    seen: unknown[] = [];
    override async start(): Promise<void> {
      this.seen = [await this.context.get<number>('given'), await this.context.get<string>('made')];
      this.context.set('last', this.entrypoint.services.length);
    }
  }
  const makes: AnyService = { start: () => undefined };
  test.override('defaultContext', () => ({ given: 1 }));
  test.override('services', () => [new Asks(), makes]);
  test.override('entrypointOptions', () => ({
    preStart: ({ entrypoint }: { entrypoint: Entrypoint }) => entrypoint.context.set('made', 'by a handler'),
    preStop: ({ entrypoint }: { entrypoint: Entrypoint }) =>
      void events.push(`closing ${entrypoint.closing.aborted}`),
  }));
  test('is there before services start, and theirs to share', async ({ services: [asks], entrypoint }) => {
    expect((asks as Asks).seen).toEqual([1, 'by a handler']);
    expect([entrypoint.context.peek('last'), entrypoint.closing.aborted]).toEqual([2, false]);
    entrypoint.context.get('never').catch((error: Error) => events.push(error.message.split('\n')[0]!));
  });
  test('ends with the test', {
    overrides: { services: [], defaultContext: {}, entrypointOptions: {} },
  }, () => {
    expect(events.splice(0)).toEqual([
      'closing true',
      'The context value "never" was never set: the entrypoint has ended.',
    ]);
  });
});

describe('processes', () => {
  // Its child listens: it is ready with that one, and has to end with it.
  const listens = "require('node:net').createServer().listen(process.env.PORT, '127.0.0.1')";
  const code = `console.log(process.cwd());
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(listens)}]);
    setInterval(() => {}, 1000);`;
  test.override('services', ({ unusedTcpPort: port }) => [
    new ProcessService({
      command: process.execPath,
      args: ['-e', code],
      cwd: __dirname,
      env: { PORT: String(port) },
      ready: { port },
    }),
  ]);
  const canConnect = (port: number): Promise<boolean> =>
    new Promise(resolve => {
      const client = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      client.once('connect', () => client.destroy());
    });
  let used: number;
  test('one that is ready by its port, in a folder', async ({ services: [service], unusedTcpPort: port }) => {
    expect(await canConnect(port)).toBe(true);
    expect((service as ProcessService).output).toBe(__dirname);
    used = port;
  });
  test('ends with its group', { overrides: { services: [] } }, async () => {
    while (await canConnect(used)) await sleep(5);
  });
});

describe('ready-made', () => {
  const greet = new TcpServerService({ name: 'greet', onConnection: socket => socket.end('hi') });
  const web = new HttpServerService({ host: 'localhost', listener: (_, response) => response.end('hello') });
  const code = `console.log('starting'); console.error('port ' + process.env.PORT);
    process.on('SIGINT', () => process.exit()); setInterval(() => {}, 1000);`;
  const child = new ProcessService({
    command: process.execPath,
    args: ['-e', code],
    env: { PORT: '80' },
    ready: line => line.startsWith('port'),
    stopSignal: 'SIGINT',
  });
  test.override('services', [greet, web, child]);

  test('they run', async ({ entrypoint }) => {
    expect(entrypoint.services).toEqual([greet, web, child]);
    const client = net.connect(greet.port, greet.host).setEncoding('utf8');
    expect(await new Promise(resolve => client.once('data', resolve))).toBe('hi');
    expect(await (await fetch(web.url)).text()).toBe('hello');
    expect(child.output.split('\n').sort()).toEqual(['port 80', 'starting']);
    await entrypoint.stopServices(child);
    expect(() => process.kill(child.pid!, 0)).toThrow('ESRCH');
  });
  test('a connection that fails ends, and fails its test', async ({ entrypoint }) => {
    const broken = new TcpServerService({
      onConnection: async () => {
        throw new Error('no answer');
      },
    });
    await entrypoint.startServices(broken);
    const client = net.connect(broken.port, broken.host);
    await new Promise(resolve => client.once('close', resolve).resume());
  });
});

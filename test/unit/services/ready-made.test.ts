import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Loop } from '../../../src/loop';
import { tcpReserver } from '../../../src/network/reserve';
import { ServiceRunner } from '../../../src/services/entrypoint';
import type { AnyService } from '../../../src/services/entrypoint-types';
import { ProcessService } from '../../../src/services/process';
import { HttpServerService, TcpServerService } from '../../../src/services/servers';
import { outputsOf } from '../../../src/util/output-of';
import { isAlive } from '../../alive';

let loop: Loop;
let deaths: Error[];
let runner: ServiceRunner | undefined;

beforeEach(() => {
  loop = new Loop();
  deaths = [];
});
afterEach(async () => {
  await runner?.stop().catch(() => {});
  runner = undefined;
  await loop.close();
});

async function run(...services: AnyService[]): Promise<ServiceRunner> {
  runner = new ServiceRunner({ services, loop, died: error => deaths.push(error) });
  await runner.start();
  return runner;
}
const node = (code: string): { command: string; args: string[] } => ({
  command: process.execPath,
  args: ['-e', code],
});

test('a TCP server listens while it is needed; its connections end with it', async () => {
  const service = new TcpServerService({ onConnection: socket => socket.write('hello') });
  await run(service);
  const client = connect(service.port, service.host);
  client.on('error', () => {});
  expect(String(await once(client, 'data'))).toBe('hello');
  client.resume();
  await Promise.all([once(client, 'close'), runner!.stop()]);
});

test('an HTTP server answers at its url', async () => {
  const service = new HttpServerService({ listener: (_request, response) => response.end('hello') });
  await run(service);
  expect(await (await fetch(service.url)).text()).toBe('hello');
});

test('a port that is taken fails the start', async () => {
  const first = new TcpServerService({ onConnection: () => {} });
  await run(first);
  const second = new TcpServerService({ port: first.port, onConnection: () => {}, name: 'second' });
  await expect(runner!.startServices(second)).rejects.toThrow(
    /Service "second" failed to start: .*EADDRINUSE/,
  );
});

describe('a process', () => {
  test('is ready by a line of its output, and goes with its group', async () => {
    const service = new ProcessService({
      ...node(`
        const { spawn } = require('child_process');
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
        console.log('child ' + child.pid);
        console.log('listening on 80');
        setInterval(() => {}, 1000);`),
      ready: /listening on (\d+)/,
    });
    await run(service);
    const child = Number(/child (\d+)/.exec(service.output)![1]);
    const { pid } = service;
    expect([isAlive(pid!), isAlive(child)]).toEqual([true, true]);
    await runner!.stop();
    while (isAlive(child) || isAlive(pid!)) await wait(5);
  });

  test('is ready by a function of each line', async () => {
    const service = new ProcessService({
      ...node('console.error("a"); console.error("b"); setInterval(() => {}, 1000);'),
      ready: line => line === 'b',
    });
    await run(service);
    expect(service.output).toBe('a\nb');
  });

  test('is ready when a port accepts connections', async () => {
    const { port, shared, close } = await tcpReserver()('a test', undefined);
    // Where the system allows it, it is held until the process listens: other tests take ports, too.
    if (!shared) close();
    await run(
      new ProcessService({
        ...node(`setTimeout(() => require('net').createServer(s => s.end('up')).listen(${port}), 50);`),
        ready: { port },
      }),
    );
    expect(await text(connect(port, '127.0.0.1'))).toBe('up');
    if (shared) close();
  });

  test('that greets those who connect is not reset by the connection that finds it ready', async () => {
    const { port, shared, close } = await tcpReserver()('a test', undefined);
    if (!shared) close();
    const size = 2 ** 24;
    // It dies of an error of any connection.
    const greeter = `require('net').createServer(s => s.end('x'.repeat(${size}))).listen(${port});`;
    await run(new ProcessService({ ...node(greeter), ready: { port } }));
    for (let i = 0; i < 3; i++) expect(await text(connect(port, '127.0.0.1'))).toHaveLength(size);
    if (shared) close();
  });

  test('that ends before it is ready fails the start, with its output', async () => {
    const service = new ProcessService({
      ...node('console.log("no config"); process.exit(3);'),
      ready: /up/,
    });
    await expect(run(service)).rejects.toMatchObject({
      cause: expect.objectContaining({
        message: expect.stringMatching(/before it was ready \(exit code 3\)[\s\S]*\| no config/),
      }),
    });
  });

  test('that cannot be started fails the start', async () => {
    const service = new ProcessService({ command: '/no/such/command' });
    await expect(run(service)).rejects.toThrow(/ENOENT/);
  });

  test('that ends by itself later has died', async () => {
    await run(
      new ProcessService({
        ...node('console.log("up"); setTimeout(() => process.exit(1), 20);'),
        ready: /up/,
      }),
    );
    while (deaths.length === 0) await wait(5);
    expect(deaths[0]!.message).toMatch(/died: .*ended while it was needed \(exit code 1\)/);
  });

  test('that was stopped starts again, and is ready by what it says then', async () => {
    const service = new ProcessService({
      ...node('setTimeout(() => console.log("up " + process.pid), 30); setInterval(() => {}, 1000);'),
      ready: /up/,
    });
    await run(service);
    await runner!.stopServices(service);
    expect(outputsOf([service])[0]).toMatch(/^Output of service ".*":\nup \d+$/);
    await runner!.startServices(service);
    expect(outputsOf([service])[0]).toMatch(new RegExp(`:\\nup ${service.pid}$`));
    process.kill(service.pid!, 'SIGKILL');
    while (deaths.length === 0) await wait(5);
    expect(deaths[0]!.message).toMatch(/ended while it was needed \(signal SIGKILL\)/);
  });

  test('that ignores its signal is killed', async () => {
    const service = new ProcessService({
      ...node('process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000);'),
      ready: /up/,
      stopTimeout: 50,
    });
    await run(service);
    const { pid } = service;
    await runner!.stop();
    expect(isAlive(pid!)).toBe(false);
  });

  /** A process with a child of its own that holds its output open; both write their ids. */
  const withChild = (then: string): { command: string; args: string[] } =>
    node(`
      const { spawn } = require('child_process');
      const stdio = ['ignore', 'inherit', 'inherit'];
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio });
      console.log('pids ' + process.pid + ' ' + child.pid);
      ${then}`);
  const pidsOf = (service: ProcessService): number[] =>
    /pids (\d+) (\d+)/.exec(service.output)!.slice(1).map(Number);

  test.each([
    ['that ends before it is ready', 'process.exit(3)', /never/, /before it was ready/],
    [
      'whose readiness cannot be seen',
      'setInterval(() => {}, 1000)',
      () => {
        throw new Error('no line of mine');
      },
      /no line of mine/,
    ],
  ])('%s ends with its group', async (_case, then, ready, message) => {
    const service = new ProcessService({ ...withChild(then), ready });
    await expect(run(service)).rejects.toThrow(message);
    const pids = pidsOf(service);
    for (let tries = 0; tries < 200 && pids.some(isAlive); tries++) await wait(10);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test('that writes much, or long lines, keeps the last of it', async () => {
    const service = new ProcessService({
      ...node(`
        for (let i = 0; i < 300; i++) console.log('line ' + i);
        process.stdout.write('x'.repeat(5000) + '\\nend\\n');
        setInterval(() => {}, 1000);`),
      ready: /^end$/,
    });
    await run(service);
    const lines = service.output.split('\n');
    expect(lines).toHaveLength(200);
    expect(lines[0]).toBe('line 104');
    expect(lines.slice(-4).map(({ length }) => length)).toEqual([2000, 2000, 1000, 3]);
    expect(outputsOf([service])[0]).toMatch(
      /^Output of service ".*":\n\(104 lines before these\)\nline 104\n/,
    );
    expect(outputsOf([service])).toEqual([]);
  });
});

// The built-in fixtures: what tests, hooks and fixtures get of them, and what may take their place.

import {
  type AnyService,
  type AroundTest,
  type AsyncTimeout,
  type AsyncTimeoutProvider,
  afterAll,
  beforeAll,
  beforeEach,
  type Entrypoint,
  type Executor,
  type FixturesOf,
  fixture,
  Loop,
  ProcessService,
  Service,
  type Task,
  type TaskGroup,
  type TcpProxy,
  type TestInfo,
  test,
} from 'jest-loop';
import { expectEqual } from '../helpers';

test('in a test', async ({ eventLoop, loopDebug, loopExceptions, asyncTimeout, tasks, request }) => {
  expectEqual<typeof eventLoop, Loop>(true);
  expectEqual<typeof loopDebug, boolean>(true);
  test.override('loopBackend', ['virtual', { threshold: 5 }]);
  // @ts-expect-error: neither a name nor [name, options]
  test.override('loopBackend', 7);
  expectEqual<typeof loopExceptions, readonly unknown[]>(true);
  expectEqual<typeof tasks, TaskGroup>(true);
  expectEqual<typeof request.loop, Loop>(true);
  expectEqual<ReturnType<typeof asyncTimeout.set>, void>(true);
  asyncTimeout.set(100);
  // @ts-expect-error milliseconds
  asyncTimeout.set('100');
  // @ts-expect-error it is looked at
  loopExceptions.push(1);

  const task = tasks.start(async signal => signal.aborted, { name: 'background' });
  expectEqual<typeof task, Task<boolean>>(true);
  expectEqual<boolean, Awaited<typeof task>>(true);
  const port = await tasks.ready<number>(async (ready, signal) => {
    ready(80);
    // @ts-expect-error a number
    ready('80');
    await new Promise(resolve => signal.addEventListener('abort', resolve));
  });
  expectEqual<typeof port, number>(true);
  await tasks.ready(ready => ready());
  // @ts-expect-error a function
  tasks.start(task);
});

test('the default timeouts', async ({ defaultAsyncTimeout, sessionDefaultAsyncTimeout, request }) => {
  expectEqual<[typeof defaultAsyncTimeout, typeof sessionDefaultAsyncTimeout], [number, number]>(true);
  const ofFile = await request.get('fileDefaultAsyncTimeout');
  expectEqual<typeof ofFile, number>(true);
});
test('the policies', ({ asyncTimeoutProvider, aroundTest }) => {
  expectEqual<typeof asyncTimeoutProvider, AsyncTimeoutProvider>(true);
  expectEqual<typeof aroundTest, AroundTest>(true);
});

beforeEach(({ eventLoop, asyncTimeout, tasks }) => void [eventLoop.time(), asyncTimeout.set(1), tasks]);
beforeAll(async ({ eventLoop, request }) => void [await eventLoop.sleep(1), request.loop.tasks()]);
afterAll(({ tasks, describeDefaultAsyncTimeout }) => void [tasks, describeDefaultAsyncTimeout.toFixed()]);

fixture('a', async ({ eventLoop, asyncTimeout, tasks }, { loop }) => {
  asyncTimeout.set(eventLoop.time());
  expectEqual<typeof loop, Loop>(true);
  return await tasks.start(() => 1);
});
fixture('a', { scope: 'file' }, function* ({ eventLoop, loopDebug, fileDefaultAsyncTimeout }) {
  yield [eventLoop.name, loopDebug, fileDefaultAsyncTimeout];
});
// @ts-expect-error a test's
test('x', ({ eventLoops }) => eventLoops);

// In their place: a value of the same type.
class Own extends Loop {
  readonly extra = 1;
}
const own = fixture('eventLoop', { scope: 'file' }, async function* () {
  await using loop = new Own({ name: 'own' });
  yield loop;
}).fixture('b', { scope: 'file' }, ({ eventLoop }) => eventLoop.extra);
expectEqual<FixturesOf<typeof own>['eventLoop'], Own>(true);
fixture('eventLoop', () => new Loop());
fixture('loopDebug', true);
fixture('loopDebug', ({ request }) => request.test.tags.includes('debug'));
fixture('defaultAsyncTimeout', 100)
  .fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, () => 100)
  .fixture('fileDefaultAsyncTimeout', { scope: 'file' }, async () => Number.POSITIVE_INFINITY);
fixture('aroundTest', () => async (run: () => Promise<unknown>, { name }: TestInfo) => {
  await run();
  return name;
});
class Policy implements AsyncTimeout {
  set(_ms: number): void {}
}
fixture('asyncTimeoutProvider', { scope: 'worker' }, { load: () => new Policy() });
// @ts-expect-error a Loop
fixture('eventLoop', 1);
// @ts-expect-error a Loop
fixture('eventLoop', async () => ({ close() {} }));
// @ts-expect-error a number
fixture('defaultAsyncTimeout', '100');
// @ts-expect-error a number
fixture('sessionDefaultAsyncTimeout', { scope: 'session' }, () => '100');
// @ts-expect-error a function goes around
fixture('aroundTest', () => 1);
// @ts-expect-error it has load
fixture('asyncTimeoutProvider', () => new Policy());

test.override('eventLoop', () => new Own());
test.override('defaultAsyncTimeout', 100).override({ loopDebug: true, fileDefaultAsyncTimeout: 1 });
test.override('aroundTest', () => async (run, { name, attempt }) => {
  expectEqual<[typeof name, typeof attempt], [string, number]>(true);
  await run();
});
test.override('asyncTimeoutProvider', {
  load: ({ defaultTimeout, name, phase }) => {
    expectEqual<[typeof defaultTimeout, typeof name], [number, string]>(true);
    expectEqual<typeof phase, 'set up' | 'tear down' | 'test' | 'hook'>(true);
    return new Policy();
  },
});
test('x', { overrides: { loopDebug: true, defaultAsyncTimeout: 100 } }, () => {});
// @ts-expect-error a number
test.override('defaultAsyncTimeout', '100');
// @ts-expect-error a number
test('x', { overrides: { defaultAsyncTimeout: '100' } }, () => {});
// @ts-expect-error set takes milliseconds
test.override('asyncTimeoutProvider', { load: () => ({ set: (_text: string) => {} }) });
// @ts-expect-error a Loop
test.extend('eventLoop', 1);
test.extend('eventLoop', () => new Own())('x', ({ eventLoop }) => void eventLoop.extra);

test('the network', async ({ localhost, unusedTcpPort, unusedTcpPortFactory, socketFactory, tcpProxy }) => {
  expectEqual<[typeof localhost, typeof unusedTcpPort], [string, number]>(true);
  const port = await unusedTcpPortFactory({ family: 4 });
  expectEqual<typeof port, number>(true);
  // @ts-expect-error 4 or 6
  await unusedTcpPortFactory({ family: 5 });
  const udp = await socketFactory({ type: 'udp' });
  udp.socket.send('x', udp.port, udp.address);
  // @ts-expect-error tcp or udp
  await socketFactory({ type: 'unix' });
  await using proxy = await new tcpProxy(localhost, port, { buffered: false }).start();
  expectEqual<typeof proxy, TcpProxy>(true);
  proxy.setDelay({ read: 10 });
  // @ts-expect-error milliseconds
  proxy.setDelay({ read: '10' });
  const answer = await proxy.slowdown({ write: 1 }, () => 5);
  expectEqual<typeof answer, number>(true);
});

class Db extends Service {
  constructor(readonly url: string) {
    super();
  }
  async start() {
    this.context.set('db', await this.context.get<string>('url'));
  }
}
// @ts-expect-error start() is missing
class Incomplete extends Service {}

test.override('services', () => [new Db('x'), new ProcessService({ command: 'node', ready: /ready/ })]);
test('services', async ({ entrypoint, services, defaultContext, threadPoolSize, processPoolExecutor }) => {
  expectEqual<typeof entrypoint, Entrypoint>(true);
  expectEqual<typeof services, readonly AnyService[]>(true);
  await entrypoint.startServices(new Db('y'), { start: () => 1 });
  // @ts-expect-error a service
  await entrypoint.startServices(Incomplete);
  expectEqual<[typeof threadPoolSize, typeof processPoolExecutor], [number, Executor]>(true);
  defaultContext.url;
});

test.override('entrypointOptions', { stopTimeout: 5, preStart: async ({ services }) => services.length });
// @ts-expect-error a function
test.override('entrypointOptions', { postStop: 'later' });
class OwnExecutor implements Executor {
  constructor(readonly size: number) {}
  async run() {
    return this.size;
  }
  async close() {}
}
test.override('threadPoolExecutor', () => OwnExecutor);
test.override('processPoolExecutor', () => new OwnExecutor(1));
// @ts-expect-error no executor
test.override('processPoolExecutor', () => Db);

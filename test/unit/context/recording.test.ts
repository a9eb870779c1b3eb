import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { enterIsolated } from '../../../src/context/enter';
import { ContextRecording } from '../../../src/context/recording';
import { watchContext } from '../../../src/context/watch';
import { newStep, record, type Storage, seen, sleep, storage } from './support';

let unwatch: () => void;
beforeAll(() => {
  unwatch = watchContext();
});
afterAll(() => unwatch());

let a: Storage;
let b: Storage;
beforeEach(() => {
  a = storage();
  b = storage();
});

test('set-ups at the same time do not see each other', async () => {
  const setUp = (value: number, ms: number) => async (): Promise<unknown> => {
    a.enterWith(value);
    await sleep(ms);
    b.enterWith([value, a.getStore()]);
    return a.getStore();
  };
  const all = await Promise.all([record(setUp(1, 3)), record(setUp(2, 1)), record(setUp(3, 2))]);
  expect(all.map(values => seen(values, a, b))).toEqual([1, 2, 3].map(each => [each, [each, each]]));
});

test('a set-up sees the values of earlier ones, and only its changes are its own', async () => {
  const first = await record(() => a.enterWith(1));
  let saw: unknown;
  const second = await record(async () => {
    saw = a.getStore();
    await sleep();
    b.enterWith(2);
  }, first);
  expect(saw).toBe(1);
  expect(second).toEqual([[b, 2]]);
  expect(await record(() => a.enterWith(1), first)).toEqual([]);
  expect(await record(() => a.enterWith(undefined), first)).toEqual([[a, undefined]]);
  expect(seen([...first, [a, undefined]], a)).toEqual([undefined]);
});

test('values that only branches enter do not count: request handlers, children, timers', async () => {
  const handled: unknown[] = [];
  const values = await record(async () => {
    const server = http.createServer((request, response) => {
      a.run(request.url, async () => {
        await sleep();
        b.enterWith(request.url);
        handled.push([a.getStore(), b.getStore()]);
        response.end();
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    setTimeout(() => b.enterWith('timer'));
    const { port } = server.address() as AddressInfo;
    await Promise.all(['/1', '/2'].map(path => fetch(`http://127.0.0.1:${port}${path}`)));
    server.close();
    server.closeAllConnections();
  });
  expect(handled).toEqual(expect.arrayContaining([1, 2].map(n => [`/${n}`, `/${n}`])));
  expect(values).toEqual([]);
});

test("a promise that other code settles does not bring that code's values", async () => {
  let settle!: () => void;
  const shared = new Promise<void>(done => {
    settle = done;
  });
  const values = record(() => {
    a.enterWith(1);
    return shared;
  });
  enterIsolated(newStep('other'), [[a, 'other']], settle);
  expect(await values).toEqual([[a, 1]]);
});

test('nor does a promise that other code made', async () => {
  const other = enterIsolated(newStep('other'), [[a, 'other']], () => sleep(5));
  const values = record(async () => {
    await 0;
    b.enterWith(2);
    a.run(1, () => {});
    b.enterWith(undefined);
    return other;
  });
  expect(await values).toEqual([]);
});

test('two set-ups may return one promise', async () => {
  const shared = sleep(5);
  const setUp = (value: number) => (): Promise<void> => {
    a.enterWith(value);
    return shared;
  };
  expect(await Promise.all([record(setUp(1)), record(setUp(2))])).toEqual([[[a, 1]], [[a, 2]]]);
});

test('its own teardown sees its values when they are entered again', async () => {
  const log: unknown[] = [];
  const generator = (async function* () {
    await sleep();
    a.enterWith(1);
    yield;
    log.push(a.getStore());
    a.enterWith('teardown');
    await sleep();
    log.push(a.getStore());
  })();
  const values = await record(() => generator.next());
  await enterIsolated(newStep('test'), values, async () => {
    a.enterWith('test');
    await sleep();
  });
  await enterIsolated(newStep('teardown'), values, () => generator.next());
  expect(log).toEqual([1, 'teardown']);
  expect([seen(values, a), a.getStore()]).toEqual([[1], undefined]);
});

test('a sync generator may go on after its yielded promise rejected', async () => {
  const generator = (function* () {
    a.enterWith(1);
    try {
      yield Promise.reject(new Error('mine'));
    } catch {
      b.enterWith([2, a.getStore()]);
      yield;
    }
  })();
  const recording = new ContextRecording(newStep());
  const first = recording.begin([], () => generator.next());
  await expect(first.value).rejects.toThrow('mine');
  recording.begin(recording.values(), () => generator.throw(new Error('mine')));
  recording.stop();
  expect(seen(recording.values(), a, b)).toEqual([1, [2, 1]]);
});

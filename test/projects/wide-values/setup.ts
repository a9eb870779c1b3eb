import { AsyncLocalStorage } from 'node:async_hooks';
import { fixture } from 'jest-loop';
import { log, logged } from '../wide-log';
import './more';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}

const data = () => ({
  list: [1, { two: 2 }],
  map: new Map([['a', new Set([1])]]),
  date: new Date(0),
  bytes: Buffer.from('abc'),
  floats: new Float64Array([1.5]),
  buffer: new ArrayBuffer(2),
  error: Object.assign(new TypeError('kept', { cause: new RangeError('the cause') }), { code: 'E_KEPT' }),
  pattern: /a+/g,
  big: 10n,
  nothing: undefined,
});

// Session: a chain of three, of which only the last is data.
fixture('server', { scope: 'session' }, async function* () {
  log('server up');
  yield { close: () => log('server closes') };
  log('server down');
})
  .fixture('address', { scope: 'session' }, async function* ({ server }) {
    log(`address up on ${typeof server.close}`);
    yield { url: 'tcp://1', seen: [] as string[] };
    server.close();
    log('address down');
  })
  .fixture('data', { scope: 'session' }, async () => data())
  .fixture('text', { scope: 'session' }, 'just text')
  .fixture('nothing', { scope: 'session' }, () => undefined);

// Worker: by reference.
fixture('connection', { scope: 'worker' }, async function* ({ address }, request) {
  log(`connection up to ${address.url}`);
  request.onCleanup(() => log(`connection closed`));
  yield { url: address.url, calls: [] as string[], request, point: new Point(1, 2), Point };
  log('connection down');
});
fixture('theirs', { scope: 'worker' }, () => data());
fixture('limit', { scope: 'worker' }, 3);
fixture('options', { scope: 'worker' }, { retries: 1 });

// Each kind of body.
fixture('byFunction', { scope: 'worker' }, (_: unknown, request) => {
  request.onCleanup(() => log('byFunction down'));
  return 'function';
});
fixture('byPromise', { scope: 'worker' }, async () => 'promise');
fixture(
  'byReturnedPromise',
  { scope: 'worker' },
  () => new Promise(resolve => setTimeout(resolve, 5, 'returned')),
);
fixture('byGenerator', { scope: 'worker' }, function* () {
  yield 'generator';
  log('byGenerator down');
});
fixture('byAsyncGenerator', { scope: 'worker' }, async function* () {
  yield 'async generator';
  log('byAsyncGenerator down');
});

// What it enters is seen by its users, and by its own teardown.
fixture('current', { scope: 'worker' }, async function* () {
  const storage = new AsyncLocalStorage<string>();
  storage.enterWith('of the worker');
  yield storage;
  log(`current down in ${storage.getStore()}`);
});
fixture('reader', { scope: 'worker' }, async ({ current }) => current.getStore());

// Once for each value.
fixture(
  'engine',
  { scope: 'worker', params: ['pg', { name: 'lite' }], ids: ['pg', 'lite'] },
  async function* (_, request) {
    const name = request.param.name ?? request.param;
    log(`engine ${name} up`);
    yield name;
    log(`engine ${name} down`);
  },
);
fixture('region', { scope: 'session', params: ['eu', 'us'] }, async function* (_, request) {
  log(`region ${request.param} up`);
  yield request.param;
  log(`region ${request.param} down`);
});
fixture('table', { scope: 'directory' }, async ({ engine }) => `table in ${engine}`);
fixture('single', { scope: 'worker', params: ['alone'] }, (_: unknown, request) => request.param);

// Requested at run time.
fixture('lazily', { scope: 'worker' }, async (_, request) => {
  const got = await request.get('byPromise');
  return `${got}, ${(await request.get('address')).url}`;
});

// Nothing names these.
fixture('first', { scope: 'worker', auto: true }, logged('first'));
fixture('marked', { scope: 'worker' }, logged('marked'));

// Overridden further in.
fixture('colour', { scope: 'worker', timeout: 1000 }, logged('colour of setup'));
fixture('paint', { scope: 'worker' }, async ({ colour }) => `paint: ${colour.name}`);
fixture('stack', { scope: 'worker' }, () => ['worker']);

const { AsyncLocalStorage } = require('node:async_hooks');
const channels = require('node:diagnostics_channel');
const http = require('node:http');

// Libraries that are built on AsyncLocalStorage, as applications use them.

// One for the context of a request, as there are for express and the like: a middleware runs what follows in it.
const requestContext = (() => {
  const als = new AsyncLocalStorage();
  return {
    middleware: (request, _response, next) => als.run(new Map([['id', request.headers['x-id']]]), next),
    get: key => als.getStore()?.get(key),
    set: (key, value) => als.getStore().set(key, value),
    enter: entries => als.enterWith(new Map(Object.entries(entries))),
  };
})();
const logger = { lines: [], info: text => logger.lines.push(`[${requestContext.get('id') ?? '-'}] ${text}`) };
const sleep = () => new Promise(resolve => setTimeout(resolve, 1));
const application = middlewares => (request, response) => {
  const dispatch = at => middlewares[at](request, response, () => dispatch(at + 1));
  dispatch(0);
};

fixture('server', { scope: 'file' }, async function* () {
  logger.info('starts');
  const server = http.createServer(
    application([
      requestContext.middleware,
      async (_request, _response, next) => {
        await sleep();
        requestContext.set('user', 'ann');
        next();
      },
      async (request, response) => {
        logger.info(`${request.method} by ${requestContext.get('user')}`);
        await sleep();
        response.end(requestContext.get('id'));
      },
    ]),
  );
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  yield `http://127.0.0.1:${server.address().port}/`;
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});
fixture('job', () => requestContext.enter({ id: 'job' }));

describe('the context of a request', () => {
  const ask = async (server, id) => (await fetch(server, { headers: { 'x-id': id } })).text();
  beforeEach(() => void logger.lines.splice(0));

  test('is that of the request, not that of the test', async ({ server, job }) => {
    logger.info('asks');
    expect(await Promise.all([ask(server, 'one'), ask(server, 'two')])).toEqual(['one', 'two']);
    logger.info('is answered');
    expect(logger.lines.slice(0, 2)).toEqual(['[-] starts', '[job] asks']);
    expect(logger.lines.slice(2, -1).sort()).toEqual(['[one] GET by ann', '[two] GET by ann']);
    expect(logger.lines.at(-1)).toBe('[job] is answered');
  });
  test('is not that of a test before', async ({ server }) => {
    logger.info('asks');
    expect(await ask(server, 'three')).toBe('three');
    logger.info('is answered');
    expect(logger.lines).toEqual(['[-] asks', '[three] GET by ann', '[-] is answered']);
  });
});

describe('node:diagnostics_channel', () => {
  const spans = new AsyncLocalStorage();
  fixture('tracing', { scope: 'describe' }, function* () {
    const traced = channels.tracingChannel('app:work');
    let last = 0;
    traced.start.bindStore(spans, ({ name }) => ({ name, id: ++last, parent: spans.getStore()?.id }));
    yield traced;
    traced.start.unbindStore(spans);
  });
  fixture(
    'work',
    ({ tracing }) =>
      (name, fn) =>
        tracing.tracePromise(fn, { name }),
  );
  fixture('span', async (_, { test: { name } }) => {
    await null;
    spans.enterWith({ name, id: 'test' });
  });

  test('a store that is bound to a channel', async ({ work, span }) => {
    const inner = () => work('inner', async () => (await sleep(), spans.getStore()));
    const outer = await work('outer', async () => [spans.getStore(), await inner(), spans.getStore()]);
    expect(outer.map(({ name, parent }) => [name, parent])).toEqual([
      ['outer', 'test'],
      ['inner', outer[0].id],
      ['outer', 'test'],
    ]);
    expect(spans.getStore().id).toBe('test');
  });
  test('and none of it later', async ({ work }) => {
    expect(spans.getStore()).toBeUndefined();
    const [span] = await work('alone', async () => [spans.getStore()]);
    expect(span.parent).toBeUndefined();
  });
  test.extend({
    run: async ({ tracing }, use) => {
      const channel = channels.channel('app:run');
      channel.bindStore(spans);
      await channel.runStores({ name: 'channel' }, use);
      channel.unbindStore(spans);
    },
  })('runStores around use', ({ run }) => expect(spans.getStore()).toEqual({ name: 'channel' }));
});

test('AsyncLocalStorage.bind, snapshot and AsyncResource', ({ job }) => {
  const get = () => requestContext.get('id');
  const [bound, snapshot] = [AsyncLocalStorage.bind(get), AsyncLocalStorage.snapshot()];
  requestContext.enter({ id: 'test' });
  expect([get(), bound(), snapshot(get)]).toEqual(['test', 'job', 'job']);
});

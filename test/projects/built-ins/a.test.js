// Tests, hooks and fixtures may request each built-in fixture, and override it.
const { Loop, getRunningLoop } = require('jest-loop');

const TIMEOUTS = ['', 'describe', 'file', 'directory', 'worker', 'session'].map(scope =>
  scope === '' ? 'defaultAsyncTimeout' : `${scope}DefaultAsyncTimeout`,
);
const timeoutsOf = request => Promise.all(TIMEOUTS.map(name => request.get(name)));

test('in a test', ({ eventLoop, loopDebug, loopExceptions, asyncTimeout, tasks, aroundTest, request }) => {
  expect(eventLoop).toBeInstanceOf(Loop);
  expect(eventLoop).toBe(getRunningLoop());
  expect(eventLoop).toBe(request.loop);
  expect([loopDebug, loopExceptions]).toEqual([false, []]);
  expect([asyncTimeout.set, tasks.start, tasks.ready, aroundTest].map(each => typeof each)).toEqual(
    Array(4).fill('function'),
  );
});
test('by request.get', async ({ request, eventLoop, asyncTimeoutProvider }) => {
  expect(await request.get('eventLoop')).toBe(eventLoop);
  expect(typeof (await request.get('tasks')).start).toBe('function');
  expect(typeof asyncTimeoutProvider.load).toBe('function');
});
test('the default timeouts are those in force', async ({ request, defaultAsyncTimeout }) => {
  expect(defaultAsyncTimeout).toBe(4000);
  expect(await timeoutsOf(request)).toEqual(Array(6).fill(4000));
});

describe('in hooks', () => {
  const seen = [];
  beforeAll(({ eventLoop, tasks }) => void seen.push(eventLoop === getRunningLoop(), typeof tasks.start));
  beforeEach(({ eventLoop, request }) => void seen.push(eventLoop === request.loop));
  test('they had them', ({ eventLoop }) => expect(seen).toEqual([true, 'function', true]));
});

describe('in fixtures', () => {
  fixture('own', ({ eventLoop, tasks }, { loop }) => [eventLoop === loop, typeof tasks.start]);
  fixture('wide', { scope: 'file' }, ({ eventLoop, fileDefaultAsyncTimeout, defaultAsyncTimeout }) => {
    return [eventLoop.name, fileDefaultAsyncTimeout, defaultAsyncTimeout];
  });
  test('of each scope', ({ own, wide }) => {
    expect(own).toEqual([true, 'function']);
    expect(wide).toEqual(['file loop', 4000, 4000]);
  });
});

describe('overridden', () => {
  class Own extends Loop {}
  test.override('eventLoop', async function* () {
    yield new Own({ name: 'own' });
  });
  test.override('describeDefaultAsyncTimeout', 3000);
  fixture('fileDefaultAsyncTimeout', ({ fileDefaultAsyncTimeout }) => fileDefaultAsyncTimeout / 2);
  test('the Loop', ({ eventLoop }) => {
    expect(eventLoop).toBeInstanceOf(Own);
    expect(getRunningLoop()).toBe(eventLoop);
  });
  test('the timeouts from there outward', async ({ request }) => {
    expect(await timeoutsOf(request)).toEqual([3000, 3000, 2000, 4000, 4000, 4000]);
  });
  test('for one test', { overrides: { defaultAsyncTimeout: 1000 } }, async ({ request }) => {
    expect((await timeoutsOf(request)).slice(0, 2)).toEqual([1000, 3000]);
  });
});

// Whatever user code does to the current Loop, the next step, hook and test have theirs.
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const { Loop, getEventLoop, getRunningLoop, setEventLoop } = require('jest-loop');

const isOwn = () => expect(getRunningLoop().name).toBe('test loop');
const left = [];
const breaks = [
  ['leaves a Loop installed', () => left.push(new Loop({ name: 'left', newLoop: true }))],
  ['leaves none installed', () => left.push(new Loop({ name: 'left', newLoop: false }))],
  ['sets an event loop', () => setEventLoop(new Loop({ name: 'set' }))],
  ['leaves the context', () => new AsyncLocalStorage().enterWith(1)],
  [
    'throws in another Loop',
    () =>
      new Loop().run(() => {
        throw new Error('expected');
      }),
  ],
];
afterAll(() => Promise.all(left.map(loop => loop.close())));

describe.each(breaks)('%s', (_, act) => {
  const attempt = () => {
    try {
      act();
    } catch (error) {
      if (error.message !== 'expected') throw error;
    }
  };
  describe('in a test', () => {
    afterEach(isOwn);
    test('that does it', attempt);
    test('the next', () => {
      isOwn();
      expect(getEventLoop().name).toBe('test loop');
    });
  });
  describe('in a hook', () => {
    beforeEach(attempt);
    beforeEach(isOwn);
    test('the test', isOwn);
  });
  describe('in beforeAll', () => {
    beforeAll(attempt);
    test('the test', isOwn);
  });
  describe('after an await', () => {
    test('that does it', async () => {
      await null;
      attempt();
      await null;
    });
    test('the next', isOwn);
  });
});
describe("a Loop that is not one's own", () => {
  let next;
  test('is closed by a test', async ({ eventLoop }) => {
    next = eventLoop;
    await eventLoop.close();
  });
  test('the next has one that is open', ({ eventLoop }) => {
    expect(next.closed).toBe(true);
    expect(eventLoop.closed).toBe(false);
  });
});

const { getEventLoop, getRunningLoop, sleep } = require('jest-loop');
const { kinds, wait } = require('../errors/kinds');

const refusal = fn => {
  try {
    fn();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return `${error.code} ${error.message.split('\n')[0]}`;
  }
  return 'allowed';
};
const FORBIDDEN = 'ERR_LOOP_FORBIDDEN getEventLoop is forbidden';

const hooks = [];
beforeEach(
  () =>
    void hooks.push(
      refusal(getEventLoop),
      refusal(() => setTimeout(() => {}, 0)),
    ),
);
afterEach(() => void hooks.push(refusal(getEventLoop)));
fixture('db', async function* () {
  hooks.push(refusal(getEventLoop));
  await wait(1);
  yield getEventLoop();
});

describe('forbidGetEventLoop', () => {
  mark.forbidGetEventLoop();
  test('in the body it throws', ({ db, eventLoop }) => {
    expect(refusal(getEventLoop)).toBe(FORBIDDEN);
    expect(getRunningLoop()).toBe(eventLoop);
    expect(db).toBe(eventLoop);
    expect(refusal(() => setTimeout(() => {}, 0))).toBe('allowed');
  });
  test('in what the body calls and starts as well', async ({ eventLoop }) => {
    const seen = [];
    const look = () => void seen.push(refusal(getEventLoop));
    await Promise.resolve().then(look);
    await new Promise(resolve => setTimeout(() => resolve(look()), 1));
    await eventLoop.createTask(look);
    eventLoop.run(look);
    expect(seen).toEqual([FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN]);
  });
  test('hooks and fixtures may', ({ db }) => {
    expect(new Set(hooks)).toEqual(new Set(['allowed']));
  });
  test('it fails the test', () => {
    getEventLoop();
  });
  test('false allows it again', { forbidGetEventLoop: false }, () => {
    expect(refusal(getEventLoop)).toBe('allowed');
  });
});

test.forbidGetEventLoop({ timers: true })('timers', async ({ eventLoop, tasks }) => {
  const { setTimeout: nodeSetTimeout } = require('node:timers');
  for (const [name, fn] of Object.entries({ setTimeout, setInterval, setImmediate }))
    expect(refusal(() => fn(() => {}, 1))).toBe(`ERR_LOOP_FORBIDDEN ${name} is forbidden`);
  expect(refusal(() => nodeSetTimeout(() => {}, 1))).toBe('ERR_LOOP_FORBIDDEN setTimeout is forbidden');
  expect(() => require('node:timers/promises').setTimeout(1)).toThrow('setTimeout is forbidden');
  // What is passed in, and what the package itself does.
  await eventLoop.sleep(1);
  await sleep(1);
  await new Promise(resolve => eventLoop.callLater(1, resolve));
  await eventLoop.createTask(() => getRunningLoop().sleep(1));
  await tasks.start(async () => {});
  await new Promise(resolve => eventLoop.callSoon(resolve));
});
test.forbidGetEventLoop({ timers: true })(
  'limits hold all the same',
  { timeout: 20 },
  () => new Promise(() => {}),
);
test.forbidGetEventLoop({ timers: true })('fake timers are passed in', () => {
  jest.useFakeTimers();
  const called = jest.fn();
  setTimeout(called, 1);
  jest.runAllTimers();
  expect(called).toHaveBeenCalled();
  jest.useRealTimers();
});
test.forbidGetEventLoop('only for those that say so', () => {});
test('not for others', () => {
  expect(refusal(getEventLoop)).toBe('allowed');
});

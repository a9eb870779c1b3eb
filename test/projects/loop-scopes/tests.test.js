const { getEventLoop, getRunningLoop, sleep } = require('jest-loop');

const seen = {};
const scopeOf = loop => loop.name.split(' ')[0];

test('each test has a Loop of its own', ({ eventLoop, request }) => {
  expect(eventLoop).toBe(getRunningLoop());
  expect(getEventLoop()).toBe(eventLoop);
  expect(request.loop).toBe(eventLoop);
  expect(scopeOf(eventLoop)).toBe('test');
  seen.test = eventLoop;
});
test('which is closed with it', ({ eventLoop }) => {
  expect(seen.test.closed).toBe(true);
  expect(eventLoop).not.toBe(seen.test);
  expect(eventLoop.closed).toBe(false);
});
describe('the hooks of a test run in its Loop', () => {
  const loops = [];
  beforeEach(({ eventLoop }) => {
    loops.push(eventLoop, getRunningLoop());
  });
  afterEach(() => {
    expect(getRunningLoop()).toBe(loops[0]);
  });
  test('all of them', () => {
    loops.push(getRunningLoop());
    expect(new Set(loops).size).toBe(1);
  });
});

describe('test option', () => {
  for (const scope of ['describe', 'file', 'directory', 'worker']) {
    test(`${scope} (1)`, { loopScope: scope }, () => {
      seen[scope] = getRunningLoop();
      expect(scopeOf(seen[scope])).toBe(scope);
    });
    test(`${scope} (2)`, { loopScope: scope }, ({ eventLoop, request }) => {
      expect(getRunningLoop()).toBe(seen[scope]);
      expect(eventLoop).toBe(seen[scope]);
      expect(request.loop).toBe(seen[scope]);
    });
  }
  test('test', { loopScope: 'test' }, () => expect(scopeOf(getRunningLoop())).toBe('test'));
});
test('the Loop of a block is closed with it', () => {
  expect(seen.describe.closed).toBe(true);
  expect(seen.file.closed).toBe(false);
});

describe('modifier', () => {
  test.loopScope('file')('of a test', () => expect(getRunningLoop()).toBe(seen.file));
  test.only?.loopScope;
  test.loopScope('file').each([[1]])('with each %i', () => expect(getRunningLoop()).toBe(seen.file));
  describe.loopScope('file')('of a block', () => {
    test('its tests', () => expect(getRunningLoop()).toBe(seen.file));
    test.loopScope('test')('the nearest wins', () => expect(scopeOf(getRunningLoop())).toBe('test'));
    beforeEach(() => expect(getRunningLoop().closed).toBe(false));
  });
});
describe('describe option', { loopScope: 'worker' }, () => {
  test('its tests', () => expect(getRunningLoop()).toBe(seen.worker));
  describe('and those of blocks inside', () => {
    test('too', () => expect(getRunningLoop()).toBe(seen.worker));
  });
});
describe('mark', () => {
  mark.loopScope('describe');
  test('of a block', () => {
    seen.marked = getRunningLoop();
    expect(scopeOf(seen.marked)).toBe('describe');
  });
  describe('inside', () => {
    test('the block that says so', () => expect(getRunningLoop()).toBe(seen.marked));
  });
});

test('without a block, describe is a root one', { loopScope: 'describe' }, () => {
  seen.root = getRunningLoop();
  expect(scopeOf(seen.root)).toBe('describe');
});
test('for all of the file', { loopScope: 'describe' }, () => expect(getRunningLoop()).toBe(seen.root));
test('a test of its own between those of a wider one', () => expect(scopeOf(getRunningLoop())).toBe('test'));
test('has changed nothing', { loopScope: 'describe' }, () => expect(getRunningLoop()).toBe(seen.root));

describe('background work of a wider Loop goes on from test to test', () => {
  let ended = false;
  test('starts a task', { loopScope: 'file' }, ({ eventLoop }) => {
    seen.task = eventLoop.createTask(async () => {
      await sleep(30);
      ended = true;
    });
  });
  test('nothing to do with it', () => {});
  test('it ends here', { loopScope: 'file' }, async () => {
    await seen.task;
    expect(ended).toBe(true);
  });
});

const { getRunningLoop } = require('jest-loop');
const { log, logged } = require('../log');

fixture('a', logged('a'));
fixture('b', logged('b'));
fixture('c', { params: [1, 2] }, (_, { param }) => log(`c ${param}`));

test.useFixtures('a', 'b')('without a parameter', () => log('body'));
test.useFixtures('c')('multiplies', () => {});
test('as an option, before those of its own', { useFixtures: ['b'] }, ({ a }) => log('body of option'));
describe('add up', { useFixtures: ['a'] }, () => {
  mark.useFixtures('b');
  test.useFixtures('a')('each once', () => log('body of both'));
  beforeEach(() => log('up after this hook'));
});
test.useFixtures('unknown')('an unknown one', () => {});
test.skip.useFixtures('unknown')('not where it is skipped', () => {});

describe('loopScope', () => {
  const loops = {};
  beforeAll(() => void (loops.block = getRunningLoop()));
  const name = scope =>
    test.loopScope(scope)(scope, ({ eventLoop, request }) => {
      expect(getRunningLoop()).toBe(eventLoop);
      expect(request.loop).toBe(eventLoop);
      loops[scope] = eventLoop;
    });
  for (const scope of ['test', 'describe', 'file', 'directory', 'worker']) name(scope);
  test('are five, and that of the block is that of its hooks', () => {
    const { block, ...scopes } = loops;
    expect(new Set(Object.values(scopes)).size).toBe(5);
    expect(scopes.describe).toBe(block);
    expect(scopes.test.closed).toBe(true);
    expect(scopes.file.closed).toBe(false);
  });
  describe('nearest', () => {
    mark.loopScope('file');
    test('a mark counts', ({ eventLoop }) => expect(eventLoop).toBe(loops.file));
    test('an option is nearer', { loopScope: 'test' }, ({ eventLoop }) =>
      expect(eventLoop).not.toBe(loops.file),
    );
    test('hooks run in the Loop of their test', ({ eventLoop }) => expect(eventLoop).toBe(loops.hook));
    beforeEach(() => void (loops.hook = getRunningLoop()));
  });
});

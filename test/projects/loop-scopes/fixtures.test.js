const { getRunningLoop } = require('jest-loop');

const scopeOf = loop => loop.name.split(' ')[0];
const loopNow = async function* ({ eventLoop }, { loop }) {
  const now = getRunningLoop();
  expect(eventLoop).toBe(now);
  expect(loop).toBe(now);
  await null;
  expect(getRunningLoop()).toBe(now);
  yield now;
  expect(getRunningLoop()).toBe(now);
  expect(now.closed).toBe(false);
};

fixture('ofTest', loopNow);
fixture('ofBlock', { scope: 'describe' }, loopNow);
fixture('ofFile', { scope: 'file' }, loopNow);
describe('a fixture runs in the Loop of its scope', () => {
  test('test', ({ ofTest }) => expect(ofTest).toBe(getRunningLoop()));
  test('describe', { loopScope: 'describe' }, ({ ofBlock }) => expect(ofBlock).toBe(getRunningLoop()));
  test('file', { loopScope: 'file' }, ({ ofFile }) => expect(ofFile).toBe(getRunningLoop()));
  test('not in that of the test', ({ ofTest, ofBlock, ofFile }) => {
    expect([ofTest, ofBlock, ofFile].map(scopeOf)).toEqual(['test', 'describe', 'file']);
  });
  test('nor where the test has a wider one', { loopScope: 'file' }, ({ ofTest, eventLoop }) => {
    expect([ofTest, eventLoop].map(scopeOf)).toEqual(['test', 'file']);
  });
});
describe('loopScope of a fixture', () => {
  fixture('wider', { loopScope: 'file' }, loopNow);
  fixture('widest', { loopScope: 'worker' }, loopNow);
  fixture('block', { scope: 'describe', loopScope: 'file' }, loopNow);
  test('is as wide as its scope or wider', ({ wider, widest, block, ofFile }) => {
    expect([wider, widest, block].map(scopeOf)).toEqual(['file', 'worker', 'file']);
    expect(wider).toBe(ofFile);
    expect(block).toBe(ofFile);
  });
  fixture('inherits', { loopScope: 'file' }, loopNow);
  describe('overridden', () => {
    test.override('inherits', loopNow);
    test('is inherited', ({ inherits, ofFile }) => expect(inherits).toBe(ofFile));
  });
  fixture('narrower', { scope: 'file', loopScope: 'test' }, loopNow);
  test('a narrower one is a mismatch', ({ narrower }) => {});
});
test('a synchronous fixture has its Loop as well', ({ sync }) => expect(sync[0]).toBe(getRunningLoop()));
fixture('sync', () => [getRunningLoop()]);
fixture('cleanup', (_, { onCleanup, loop }) => {
  onCleanup(() => expect(getRunningLoop()).toBe(loop));
});
test('and so have cleanups', ({ cleanup, request }) => {
  const loop = getRunningLoop();
  request.onCleanup(() => expect(getRunningLoop()).toBe(loop));
});

const { getRunningLoop } = require('jest-loop');

test('off by default', ({ loopDebug, eventLoop }) => {
  expect(loopDebug).toBe(false);
  expect(eventLoop.debug).toBe(false);
});
describe('loopDebug', () => {
  fixture('loopDebug', true);
  test('is overridden', ({ loopDebug, eventLoop }) => {
    expect(loopDebug).toBe(true);
    expect(eventLoop.debug).toBe(true);
  });
  test('by a function', { overrides: { loopDebug: async () => true } }, () =>
    expect(getRunningLoop().debug).toBe(true),
  );
});

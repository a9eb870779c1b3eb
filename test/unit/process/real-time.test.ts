import type { after as After, LONGEST_DELAY as Longest } from '../../../src/process/real-time';

test('a delay that Node would cut to 1 ms becomes its longest', () => {
  const spy = jest.spyOn(globalThis, 'setTimeout').mockImplementation();
  try {
    jest.isolateModules(() => {
      const { after, LONGEST_DELAY } = require('../../../src/process/real-time') as {
        after: typeof After;
        LONGEST_DELAY: typeof Longest;
      };
      after(2 ** 40, () => {});
      after(5, () => {});
      expect(spy.mock.calls.map(([, ms]) => ms)).toEqual([LONGEST_DELAY, 5]);
    });
  } finally {
    spy.mockRestore();
  }
});

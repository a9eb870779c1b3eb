import { processState } from '../../../src/process/process-state';
import { after } from '../../../src/process/real-time';
import { LONGEST_DELAY } from '../../../src/process/real-timers';

test('a delay that Node would cut to 1 ms becomes its longest', () => {
  const spy = jest.spyOn(processState.real, 'setTimeout').mockReturnValue({} as NodeJS.Timeout);
  try {
    after(2 ** 40, () => {});
    after(5, () => {});
    expect(spy.mock.calls.map(([, ms]) => ms)).toEqual([LONGEST_DELAY, 5]);
  } finally {
    spy.mockRestore();
  }
});

import { processState } from '../../../src/process/process-state';
import { after, afterGrace } from '../../../src/process/real-time';
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

test('a grace period is not over while nothing could run', async () => {
  const order: string[] = [];
  const over = new Promise<void>(resolve => {
    afterGrace(60, () => {
      order.push('over');
      resolve();
    });
  });
  for (const end = performance.now() + 80; performance.now() < end; );
  setTimeout(() => order.push('a moment later'), 1);
  await over;
  expect(order).toEqual(['a moment later', 'over']);
});

test.each([
  ['at once', 0],
  ['in its second half', 40],
])('a grace period that is cancelled %s does not end', async (_, ms) => {
  let ended = false;
  const cancel = afterGrace(60, () => {
    ended = true;
  });
  if (ms > 0) await new Promise(resolve => setTimeout(resolve, ms));
  cancel();
  await new Promise(resolve => setTimeout(resolve, 80));
  expect(ended).toBe(false);
});

import { Loop } from '../../../src/loop';
import { type Backend, type OnBackend, withBackend } from './support';

const DAY = 86_400_000;
/** Node's timers cannot wait for longer. */
const LONGEST = 2 ** 31 - 1;

/** Calls `use` with a Loop on virtual time. */
function inLoop(name: Backend, use: (loop: Loop, on: OnBackend) => Promise<void>): Promise<void> {
  return withBackend(name, async on => {
    const loop = on.put(new Loop());
    try {
      await use(loop, on);
    } finally {
      await loop.close();
    }
  });
}

describe.each(['virtual', 'chaos'] as const)('on %s', name => {
  test.each([
    LONGEST - 1,
    LONGEST,
    LONGEST + 1,
    30 * DAY,
    2 * LONGEST,
    365_000 * DAY,
    Number.MAX_SAFE_INTEGER / 2,
  ])('a sleep of %d ms takes as long', ms =>
    inLoop(name, async loop => {
      const began = loop.time();
      await loop.sleep(ms);
      expect(loop.time() - began).toBe(Math.floor(ms));
    }),
  );

  test('long waits fire by due time, among short ones', () =>
    inLoop(name, async loop => {
      const order: string[] = [];
      const began = loop.time();
      const note = (label: string) => (): void => void order.push(`${label} ${loop.time() - began}`);
      loop.callLater(2 * LONGEST + 5, note('later'));
      loop.callAt(began + LONGEST + 2, note('at'));
      loop.callLater(LONGEST - 1, note('short'));
      loop.callLater(LONGEST + 3, note('cancelled')).cancel();
      await loop.sleep(LONGEST + 1);
      loop.callLater(3, note('after a long one'));
      await loop.sleep(LONGEST + 9);
      expect(order).toEqual([
        `short ${LONGEST - 1}`,
        `at ${LONGEST + 2}`,
        `after a long one ${LONGEST + 4}`,
        `later ${2 * LONGEST + 5}`,
      ]);
    }));

  test('what waits for ever never fires', () =>
    inLoop(name, async loop => {
      const fired = jest.fn();
      const handle = loop.callLater(Number.POSITIVE_INFINITY, fired);
      loop.callAt(Number.POSITIVE_INFINITY, fired);
      loop.sleep(Number.POSITIVE_INFINITY).then(fired, () => {});
      const began = loop.time();
      await Promise.race([loop.sleep(Number.POSITIVE_INFINITY), loop.sleep(10)]);
      await loop.sleep(400 * DAY);
      expect(loop.time() - began).toBe(10 + 400 * DAY);
      expect(fired).not.toHaveBeenCalled();
      handle.cancel();
      expect(handle.cancelled).toBe(true);
    }));
});

import { processState } from '../../../src/process/process-state';
import { LONGEST_DELAY } from '../../../src/process/real-timers';
import { RealWork } from '../../../src/process/real-work';

const { real } = processState;
const nothing = (): void => {};

test('a timer is under way until it has fired, referenced or not', async () => {
  const work = new RealWork(real.now);
  expect(work.hasTimers).toBe(false);
  const fired = new Promise<void>(resolve => {
    work.timerSet(
      real.setTimeout(() => real.setImmediate(resolve), 1),
      1,
    );
  });
  work.timerSet(real.setTimeout(nothing, 60_000).unref(), 60_000);
  expect(work.hasTimers).toBe(true);
  await fired;
  expect(work.hasTimers).toBe(true);
});

test('or until it is cleared', () => {
  const work = new RealWork(real.now);
  const timer = real.setInterval(nothing, 60_000);
  work.timerSet(timer, 60_000);
  expect(work.hasTimers).toBe(true);
  real.clearInterval(timer);
  expect(work.hasTimers).toBe(false);
});

test('the limits of functions without one are not', () => {
  const work = new RealWork(real.now);
  const timer = real.setTimeout(nothing, LONGEST_DELAY);
  work.timerSet(timer, LONGEST_DELAY);
  expect(work.hasTimers).toBe(false);
  real.clearTimeout(timer);
});

test('those of a window are under way until the window says otherwise', () => {
  const work = new RealWork(real.now);
  work.windowTimerSet(7, 10);
  work.windowTimerSet(8, 10);
  work.windowTimerOver(7);
  expect(work.hasTimers).toBe(true);
  work.windowTimerOver(8);
  work.windowTimerOver('no handle');
  expect(work.hasTimers).toBe(false);
});

test('a promise of a time is, until it is due', () => {
  const work = new RealWork(real.now);
  work.promiseMade(60_000);
  work.promiseMade(1);
  expect(work.hasTimers).toBe(true);
});

test('a signal is, until it aborts', () => {
  const work = new RealWork(real.now);
  const controller = new AbortController();
  work.signalMade(controller.signal);
  expect(work.hasTimers).toBe(true);
  controller.abort();
  expect(work.hasTimers).toBe(false);
});

test('a Loop is idle while nothing of it is pending', () => {
  const work = new RealWork(real.now);
  const pending = [{ alive: false }];
  work.loops.add({ backend: undefined, pending });
  expect(work.isIdle).toBe(true);
  pending.push({ alive: true });
  expect(work.isIdle).toBe(false);
});

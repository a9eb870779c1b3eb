import type { Loop } from '../../../../src/loop';
import type { PendingWork } from '../../../../src/loop/steps/pending-work';
import { currentStep, runIn, Step } from '../../../../src/loop/steps/step';
import { newLoop, Recorder, turn, wait } from '../support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

test('code and the work that it starts know their step', async () => {
  const step = new Step('test', loop, undefined);
  const seen = await runIn(step, async () => {
    const steps = [currentStep()];
    await wait(1);
    steps.push(currentStep());
    return steps;
  });
  expect(seen).toEqual([step, step]);
  expect(currentStep()).toBe(undefined);
});

test('its Loop is made on first use', () => {
  const make = jest.fn(() => loop);
  const step = new Step('test', make, undefined);
  expect([step.tracks, step.known]).toEqual([true, undefined]);
  expect(make).not.toHaveBeenCalled();
  expect([step.loop, step.loop, step.known]).toEqual([loop, loop, loop]);
  expect(make).toHaveBeenCalledTimes(1);
  const none = new Step('none', null, undefined);
  expect([none.loop, none.tracks, none.known]).toEqual([null, false, null]);
});

test('an installed Loop comes before its own', () => {
  const inner = newLoop();
  const step = new Step('test', loop, undefined);
  step.install(inner);
  step.install(null);
  expect([step.loop, step.installed, step.tracks]).toEqual([null, null, true]);
  step.uninstall(null);
  expect([step.loop, step.installed]).toEqual([inner, inner]);
  step.reset();
  expect([step.loop, step.installed]).toEqual([loop, undefined]);
  step.uninstall(inner);
  step.moveTo(inner);
  expect(step.loop).toBe(inner);
});

test('its Loop for later is the one that is current now, made on first use', () => {
  const make = jest.fn(() => loop);
  const step = new Step('test', make, undefined);
  const own = step.laterLoop();
  const inner = newLoop();
  step.install(inner);
  const installed = step.laterLoop();
  step.uninstall(inner);
  expect(make).not.toHaveBeenCalled();
  step.install(null);
  expect([own(), installed(), step.laterLoop()(), step.loop]).toEqual([loop, inner, null, null]);
});

test('work started in it is within it and shares its owner and its end', () => {
  const { step } = new Recorder(loop);
  const inner = new Step('inner', loop, step);
  const other = new Step('other', loop, undefined);
  expect([inner.within(step), step.within(inner), inner.within(inner), other.within(step)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(inner.owner).toBe(step.owner);
  step.givenUpItself = true;
  expect([step.givenUp, inner.givenUp, other.givenUp, inner.givenUpItself]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

const itemsOf = (loop: Loop, step: Step): PendingWork[] =>
  [...loop.pending].filter(item => item.step?.within(step) === true);

test('the pending work of a Loop that was started in it', async () => {
  const step = new Step('test', loop, undefined);
  runIn(step, () => {
    setTimeout(() => {}, 1000);
    loop.callLater(1000, () => {});
    loop.createTask(() => loop.sleep(1000));
  });
  loop.run(() => setTimeout(() => {}, 1000));
  await turn();
  expect(itemsOf(loop, step).map(item => item.kind)).toEqual(['timer', 'timer', 'task', 'wait']);
  for (const item of itemsOf(loop, step)) item.cancel('over');
  expect(loop.pending.size).toBe(2);
});

test('records places', () => {
  const step = new Step('test', loop, undefined);
  const here = () => step.capture(here);
  expect(here().stack).toMatch(/^Error:?\s+at .*step\.test\.ts/);
});

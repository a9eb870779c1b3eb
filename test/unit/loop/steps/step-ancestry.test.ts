import { getEventLoop, type Loop, setEventLoop, sleep } from '../../../../src/loop';
import { currentStep, runIn, Step } from '../../../../src/loop/steps/step';
import { newLoop, Recorder, until, wait } from '../support';

let loop: Loop;
beforeEach(() => {
  loop = newLoop();
});

const depth = (): number => {
  let count = 0;
  for (let step = currentStep(); step !== undefined; step = step.parent) count++;
  return count;
};

/** What is repeated, each time started by the time before. */
const chains: Record<string, (again: () => void) => void> = {
  'callbacks of callSoon': again => void loop.callSoon(again),
  'callbacks of callLater': again => void loop.callLater(0, again),
  'timers in run()': again => void loop.run(() => setTimeout(again, 0)),
  immediates: again => void setImmediate(again),
  'tasks that start their successor': again =>
    void loop.createTask(async () => {
      await Promise.resolve();
      again();
    }),
  'tasks that sleep': again =>
    void loop.createTask(async () => {
      await sleep(0);
      again();
    }),
  'tasks in timers of tasks': again => void loop.createTask(() => void setTimeout(again, 0)),
  'run() of two Loops in turn': again => {
    const other = newLoop();
    loop.run(() => other.callSoon(() => loop.callSoon(again)));
  },
};

test.each(Object.entries(chains))('a chain does not grow: %s', async (_, link) => {
  const { step } = new Recorder(loop);
  const depths: number[] = [];
  const again = (): void => {
    depths.push(depth());
    if (depths.length < 30) link(again);
  };
  runIn(step, again);
  await until(() => depths.length === 30);
  expect(Math.max(...depths)).toBeLessThan(6);
});

test('work started in it is still within the step where it started, and has its owner', async () => {
  const recorder = new Recorder(loop);
  const other = newLoop();
  const steps: (Step | undefined)[] = [];
  const note = (): void => void steps.push(currentStep());
  recorder.run(() => {
    loop.run(note);
    loop.run(() => other.run(() => setTimeout(note, 0)));
    loop.callSoon(() => void loop.createTask(() => void loop.callSoon(note)));
    loop.createTask(async () => {
      await sleep(0);
      other.createTask(() => void other.createTask(note));
    });
  });
  await until(() => steps.length === 4);
  await wait(1);
  expect(steps).toHaveLength(4);
  for (const step of steps) {
    expect([step!.within(recorder.step), step!.owner === recorder]).toEqual([true, true]);
  }
  recorder.step.givenUpItself = true;
  for (const step of steps) expect(step!.givenUp).toBe(true);
});

test("a task's setEventLoop is visible to the work that it started, even after its end", async () => {
  const set = newLoop();
  let seen: Loop | undefined;
  const none = new Step('none', null, undefined);
  await runIn(none, () =>
    loop.createTask(() => {
      setEventLoop(set);
      loop.callLater(0, () => {
        const inner = new Step('inner', null, currentStep());
        seen = runIn(inner, () => getEventLoop());
      });
    }),
  );
  await until(() => seen !== undefined);
  expect(seen).toBe(set);
});

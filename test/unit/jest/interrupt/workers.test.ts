import { Workers } from '../../../../src/jest/interrupt/workers';
import { jestState } from '../../../../src/jest/process/jest-state';
import { MainRun } from '../../../../src/jest/process/main-run';

const run = (inBand: boolean): MainRun => new MainRun(inBand, 2, () => {});
let kill: jest.SpyInstance;
let workers: Workers;

beforeEach(() => {
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  workers = new Workers();
});
afterEach(() => jest.restoreAllMocks());

test('the workers that run the files are interrupted, each once', () => {
  workers.started('/a', 91);
  workers.started('/b', 92);
  workers.started('/c', 91);
  workers.interrupt(run(false), ['/a', '/c', '/d']);
  expect(kill.mock.calls).toEqual([[91, 'SIGINT']]);
});

test('all workers that run the same file for several projects are interrupted', () => {
  workers.started('/a', 91);
  workers.started('/a', 92);
  workers.interrupt(run(false), ['/a', '/a']);
  expect(kill.mock.calls).toEqual([
    [91, 'SIGINT'],
    [92, 'SIGINT'],
  ]);
});

test('a file counts as interrupted if the last worker to run it was', () => {
  workers.started('/a', 91);
  workers.markInterrupted(91);
  expect([workers.wasInterrupted('/a'), workers.wasInterrupted('/b')]).toEqual([true, false]);
  workers.started('/a', 92);
  expect(workers.wasInterrupted('/a')).toBe(false);
});

test('a worker that has ended is skipped', () => {
  kill.mockImplementation(() => {
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
  });
  workers.started('/a', 91);
  workers.started('/b', 92);
  workers.interrupt(run(false), ['/a', '/b']);
  expect(kill).toHaveBeenCalledTimes(2);
});

test('in band this process aborts what it runs', () => {
  const interrupt = jest.fn();
  jestState.interrupts.add(interrupt);
  workers.interrupt(run(true), ['/a']);
  jestState.interrupts.delete(interrupt);
  expect(interrupt).toHaveBeenCalledTimes(1);
  expect(kill).not.toHaveBeenCalled();
});

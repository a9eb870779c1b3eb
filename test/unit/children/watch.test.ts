import { ChildProcess } from 'node:child_process';
import { timeNow } from '../../../src/children/process-time';
import { watchChildren } from '../../../src/children/watch';

const methods = ChildProcess.prototype as unknown as { spawn: unknown };
const { spawn: before } = methods;
// Node's modules are the same for all files of a process: another one may have it watched.
const spawn = (): void => {};
beforeEach(() => {
  methods.spawn = spawn;
});
afterAll(() => {
  methods.spawn = before;
});

test('happens once, however often it is requested', () => {
  watchChildren(() => false, 'linux');
  const { spawn: watched } = methods;
  expect(watched).not.toBe(spawn);
  jest.isolateModules(() => {
    const again = require('../../../src/children/watch') as typeof import('../../../src/children/watch');
    again.watchChildren(() => true, 'linux');
  });
  expect(methods.spawn).toBe(watched);
});

test('nothing is done on Windows', () => {
  watchChildren(() => true, 'win32');
  expect(methods.spawn).toBe(spawn);
});

test('the time is the start time of processes that start now', () => {
  const time = timeNow();
  if (process.platform === 'linux') expect(time).toBeGreaterThan(0);
  else expect(time).toBeUndefined();
});

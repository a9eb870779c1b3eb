import { announceRun, currentRunAddress } from '../../../../src/jest/process/run-address';

const ADDRESS = { pid: 11, address: '/tmp/s', token: 'secret' };

function announced(): NodeJS.ProcessEnv {
  const env = {};
  announceRun(ADDRESS, { env });
  return env;
}

test.each([
  ['a worker', { pid: 12, ppid: 11 }],
  ['the main process itself, in band or for its threads', { pid: 11, ppid: 1 }],
])('%s finds the run', (_, pids) => {
  expect(currentRunAddress({ env: announced(), ...pids })).toEqual(ADDRESS);
});

test('a Jest that a test starts inherits the variable, but belongs to another run', () => {
  expect(currentRunAddress({ env: announced(), pid: 13, ppid: 12 })).toBeUndefined();
});

test('without the variable, or with any other value, there is no run', () => {
  expect(currentRunAddress({ env: {}, pid: 12, ppid: 11 })).toBeUndefined();
  expect(currentRunAddress({ env: { JEST_LOOP_RUN: 'yes' }, pid: 12, ppid: 11 })).toBeUndefined();
});

test('the variable is restored afterwards', () => {
  const env: NodeJS.ProcessEnv = {};
  const takeOuter = announceRun({ pid: 1 }, { env });
  const takeInner = announceRun(ADDRESS, { env });
  takeInner();
  expect(currentRunAddress({ env, pid: 1, ppid: 0 })).toEqual({ pid: 1 });
  takeOuter();
  expect(env).toEqual({});
});

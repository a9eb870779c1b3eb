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

test('a Jest that a test starts inherits the variable, and its workers do: it is not their run', () => {
  expect(currentRunAddress({ env: announced(), pid: 13, ppid: 12 })).toBeUndefined();
});

test('there is none without the variable, or with one that says something else', () => {
  expect(currentRunAddress({ env: {}, pid: 12, ppid: 11 })).toBeUndefined();
  expect(currentRunAddress({ env: { JEST_LOOP_RUN: 'yes' }, pid: 12, ppid: 11 })).toBeUndefined();
});

test('the variable is as before afterwards', () => {
  const env: NodeJS.ProcessEnv = {};
  const takeOuter = announceRun({ pid: 1 }, { env });
  const takeInner = announceRun(ADDRESS, { env });
  takeInner();
  expect(currentRunAddress({ env, pid: 1, ppid: 0 })).toEqual({ pid: 1 });
  takeOuter();
  expect(env).toEqual({});
});

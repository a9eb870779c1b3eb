import { announceStream, currentStream, type RunStream } from '../../../../src/jest/process/run-stream';

const STREAM: RunStream = { pid: 11, folder: '/tmp/s', mode: 'record' };

test('the main process and its workers find the stream; a Jest that a test starts does not', () => {
  const env: NodeJS.ProcessEnv = {};
  announceStream(STREAM, { env });
  expect(currentStream({ env, pid: 12, ppid: 11 })).toEqual(STREAM);
  expect(currentStream({ env, pid: 11, ppid: 1 })).toEqual(STREAM);
  expect(currentStream({ env, pid: 13, ppid: 12 })).toBeUndefined();
});

test('without the variable, or with any other value, there is no listener', () => {
  expect(currentStream({ env: {}, pid: 12, ppid: 11 })).toBeUndefined();
  expect(currentStream({ env: { JEST_LOOP_STREAM: 'yes' }, pid: 12, ppid: 11 })).toBeUndefined();
});

test('it is taken back, unless another run has announced its own', () => {
  const env: NodeJS.ProcessEnv = {};
  const takeBack = announceStream(STREAM, { env });
  const takeOther = announceStream({ ...STREAM, folder: '/tmp/other' }, { env });
  takeBack();
  expect(currentStream({ env, pid: 11, ppid: 1 })?.folder).toBe('/tmp/other');
  takeOther();
  expect(env).toEqual({});
});

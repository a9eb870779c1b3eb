import type { Test } from 'jest-runner';
import type { RunError } from '../../../../src/jest/process/main-run';
import { RunFiles } from '../../../../src/jest/runner/run-files';

const of = (path: string, id: string): Test => ({ path, context: { config: { id } } }) as Test;
const [a, b, c] = [of('/a', 'one'), of('/b', 'one'), of('/c', 'two')];
let files: RunFiles;

beforeEach(() => {
  files = new RunFiles([a, b, c]);
});

/** Whether the promise has resolved by now. */
async function isIdle(idle: Promise<void>): Promise<boolean> {
  let done = false;
  void idle.then(() => {
    done = true;
  });
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
  return done;
}

test('a file starts, ends, and is settled once', () => {
  files.start(a);
  expect([files.running, files.wasStarted(a), files.wasStarted(b)]).toEqual([['/a'], true, false]);
  files.ended(a);
  expect([files.running, files.isEnd(a)]).toEqual([[], true]);
  expect(files.settle(a)).toBe(false);
  // A worker may add a failure to it later.
  expect(files.isEnd(a)).toBe(false);
  files.settle(b);
  expect(files.settle(c)).toBe(true);
});

test('an error without a file of its own fails the file that ended last, of its project if there is one', () => {
  const errors: Partial<RunError>[] = [
    { path: '/b', project: 'one' },
    { project: 'one' },
    { project: 'three' },
    {},
  ];
  const failing = (): unknown[] => errors.map(each => files.of(each as RunError)?.path);
  expect(failing()).toEqual(['/b', undefined, undefined, undefined]);
  files.ended(a);
  files.ended(c);
  expect(failing()).toEqual(['/b', '/a', '/c', '/c']);
});

test('a file that is in two projects fails in the one that an error comes from', () => {
  const twice = [of('/a', 'one'), of('/a', 'two')];
  const error = (project?: string): RunError => ({
    message: '',
    stack: '',
    path: '/a',
    ...(project && { project }),
  });
  const shared = new RunFiles(twice);
  expect([error('two'), error('one'), error()].map(each => shared.of(each))).toEqual([
    twice[1],
    twice[0],
    twice[0],
  ]);
});

test('a run without running files is idle', async () => {
  expect(await isIdle(files.idle(false))).toBe(true);
});

test('a run is not idle before its files have ended and Jest has handled their results', async () => {
  files.start(a);
  files.markOurs('/a');
  const idle = files.idle(false);
  expect(await isIdle(idle)).toBe(false);
  let handled!: () => void;
  const reporting = files.report(a, () => new Promise<void>(resolve => (handled = resolve)));
  files.ended(a);
  expect(await isIdle(idle)).toBe(false);
  handled();
  await reporting;
  expect(await isIdle(idle)).toBe(true);
});

test('a reporter that fails does not keep the run waiting', async () => {
  await expect(files.report(a, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await isIdle(files.idle(false))).toBe(true);
});

describe('a file that does not announce itself', () => {
  test('in another process is not awaited for ever', async () => {
    files.start(a);
    await files.idle(false);
    expect(files.running).toEqual(['/a']);
  });

  test('in band is awaited', async () => {
    files.start(a);
    const idle = files.idle(true);
    expect(await isIdle(idle)).toBe(false);
    files.ended(a);
    expect(await isIdle(idle)).toBe(true);
  });
});

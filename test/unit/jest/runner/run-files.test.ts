import type { Test } from 'jest-runner';
import { RunFiles } from '../../../../src/jest/runner/run-files';

const [a, b, c] = ['/a', '/b', '/c'].map(path => ({ path }) as Test) as [Test, Test, Test];
let files: RunFiles;

beforeEach(() => {
  files = new RunFiles([a, b, c]);
});

/** Whether it is quiet now. */
async function isQuiet(quiet: Promise<void>): Promise<boolean> {
  let done = false;
  void quiet.then(() => {
    done = true;
  });
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
  return done;
}

test('a file starts, ends, and is closed once', () => {
  files.start(a);
  expect([files.running, files.wasStarted(a), files.wasStarted(b)]).toEqual([['/a'], true, false]);
  files.ended(a);
  expect([files.running, files.last, files.isEnd(a)]).toEqual([[], a, true]);
  expect(files.settle(a)).toBe(false);
  // A worker adds a failure to it later.
  expect(files.isEnd(a)).toBe(false);
  files.settle(b);
  expect(files.settle(c)).toBe(true);
});

test('a file is found by its path', () => {
  expect([files.at('/b'), files.at('/d'), files.at(undefined)]).toEqual([b, undefined, undefined]);
});

test('it is quiet where nothing runs', async () => {
  expect(await isQuiet(files.idle(false))).toBe(true);
});

test('it is not before what runs has ended, and Jest knows of it', async () => {
  files.start(a);
  files.markOurs('/a');
  const quiet = files.idle(false);
  expect(await isQuiet(quiet)).toBe(false);
  let told!: () => void;
  const telling = files.report(a, () => new Promise<void>(resolve => (told = resolve)));
  files.ended(a);
  expect(await isQuiet(quiet)).toBe(false);
  told();
  await telling;
  expect(await isQuiet(quiet)).toBe(true);
});

test('a reporter that fails keeps nobody waiting', async () => {
  await expect(files.report(a, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await isQuiet(files.idle(false))).toBe(true);
});

describe('a file of which nothing is heard', () => {
  test('in another process it is not waited for without end', async () => {
    files.start(a);
    await files.idle(false);
    expect(files.running).toEqual(['/a']);
  });

  test('in band it is', async () => {
    files.start(a);
    const quiet = files.idle(true);
    expect(await isQuiet(quiet)).toBe(false);
    files.ended(a);
    expect(await isQuiet(quiet)).toBe(true);
  });
});

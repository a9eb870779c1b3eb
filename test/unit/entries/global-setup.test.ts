import * as path from 'node:path';
import { withSession } from '../../../src/entries/global-setup';
import { type Embedding, embed } from '../../../src/jest/process/embedding';
import LoopRunner from '../../../src/jest/runner/runner';

import jestRunner = require('jest-runner');

const ROOT = path.resolve(__dirname, '../../..');
const before = jestRunner.default;
const project = { runner: require.resolve('jest-runner'), rootDir: ROOT };
const setUp = (hook: () => Promise<void>): Promise<unknown> =>
  Promise.resolve(Reflect.apply(withSession(hook), undefined, [{}, project]));

afterEach(() => {
  (jestRunner as { default: unknown }).default = before;
});

test("our runner replaces Jest's once the project's own setup has run", async () => {
  await setUp(async () => {});
  expect(jestRunner.default).toBe(LoopRunner);
});

test("Jest's runner is back if that setup throws", async () => {
  const error = new Error('no database');
  await expect(
    setUp(async () => {
      throw error;
    }),
  ).rejects.toBe(error);
  expect(jestRunner.default).toBe(before);
});

test("Jest's runner is back when a run of `runJest` has ended", async () => {
  const program = { ends: new Set() } as unknown as Embedding;
  const leave = embed(program);
  try {
    await setUp(async () => {});
    expect(jestRunner.default).toBe(LoopRunner);
    for (const end of program.ends) await end();
    expect(jestRunner.default).toBe(before);
  } finally {
    leave();
  }
});

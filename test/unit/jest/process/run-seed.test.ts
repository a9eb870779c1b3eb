import { announceRun } from '../../../../src/jest/process/run-address';
import { drawSeed, runSeed } from '../../../../src/jest/process/run-seed';

test('the given seed, else that of the run, else that of Jest', () => {
  const restore = announceRun({ pid: process.pid, seed: 17 });
  expect(runSeed(4711, 5)).toBe(4711);
  expect(runSeed(0, 5)).toBe(0);
  expect(runSeed(undefined, 5)).toBe(17);
  restore();
  const other = announceRun({ pid: -1 });
  // Jest's own may be negative.
  expect(runSeed(undefined, -5)).toBe(5);
  expect(runSeed(undefined, undefined)).toBe(0);
  other();
});

test('each run draws another', () => {
  const seeds = new Set(Array.from({ length: 50 }, drawSeed));
  expect(seeds.size).toBeGreaterThan(45);
  for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0).toBe(true);
});

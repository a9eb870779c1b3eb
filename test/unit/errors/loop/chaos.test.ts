import { spawnSync } from 'node:child_process';
import { patternOf, raceReport, racesSummary, replayLine } from '../../../../src/errors/loop/chaos';

test('a plain name stays as it is', () => {
  expect(replayLine(4711, 'store keeps both updates')).toBe(
    'Replay: jest-loop --loop-backend chaos --loop-seed 4711 -t "store keeps both updates"',
  );
});

const NAMES = [
  'adds 1 + 1 (really?) [a, b] {c} | x.y*z^',
  'costs $HOME `id` "quoted" \'single\' 100% \\back\\slash\\n !history',
  '-leading dash',
  'two\nlines\tand a tab',
  'Grüße, 日本語 “smart” 😀',
  'a/b',
];

test.each(NAMES)('%j is matched, and nothing else like it', name => {
  const pattern = new RegExp(patternOf(name), 'i');
  expect(pattern.test(name)).toBe(true);
  expect(pattern.test(name.replace(/.$/su, '#'))).toBe(false);
});

// cmd has no such variables and no printf; its rules are those of the escapes above.
const posix = process.platform === 'win32' ? test.skip : test;

posix('a shell passes the pattern on unchanged', () => {
  for (const name of NAMES) {
    const { stdout } = spawnSync('sh', ['-c', `printf %s "${patternOf(name)}"`], { encoding: 'utf8' });
    expect(stdout).toBe(patternOf(name));
  }
});

test.each([
  [{ searched: 12, failed: 0, once: 0 }, '--races: No race found: 12 tests passed in 100 orders each.'],
  [{ searched: 1, failed: 0, once: 0 }, '--races: No race found: 1 test passed in 100 orders each.'],
  [
    { searched: 3, failed: 1, once: 0 },
    '--races: 1 test failed in one of 100 orders: 2 tests passed in 100 orders each.',
  ],
  [{ searched: 1, failed: 1, once: 0 }, '--races: 1 test failed in one of 100 orders.'],
  [{ searched: 0, failed: 0, once: 0 }, '--races: No test ran.'],
  [
    { searched: 0, failed: 0, once: 2 },
    '--races: No test was run in several orders.\n--races: 2 tests ran once: in the Loop of a wider scope, there is one order for all tests.',
  ],
])('the end of a run says %j', (counts, expected) => {
  expect(racesSummary({ races: 100, ...counts })).toBe(expected);
});

test('of one order, too', () => {
  expect(racesSummary({ races: 1, searched: 2, failed: 0, once: 0 })).toBe(
    '--races: No race found: 2 tests passed in 1 order.',
  );
  const facts = { fullName: 'a', seed: 7, run: 1, races: 1, cause: 'always', deviations: 0 } as const;
  expect(raceReport({ ...facts, passing: undefined, failing: undefined })).toMatch(
    /^No race in test "a": 1 of 1 order failed, that of seed 7\.\n/,
  );
});

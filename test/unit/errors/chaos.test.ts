import { spawnSync } from 'node:child_process';
import { patternOf, replayLine } from '../../../src/errors/chaos';

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

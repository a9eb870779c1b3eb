import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { keepJest, runFiles } from './run-jest';

keepJest();

/*
 * Jest runs what is largest first. The sizes here have it go to and fro between two directories, in which a fixture of
 * scope `directory` comes up anew each time.
 */
const FIXTURE = `
  const fs = require('node:fs');
  const path = require('node:path');
  fixture('place', { scope: 'directory', auto: true }, async function* () {
    const name = path.basename(__dirname);
    fs.appendFileSync(process.env.LOG, name + ' up\\n');
    yield name;
    fs.appendFileSync(process.env.LOG, name + ' down\\n');
  });`;
const file = (name: string, size: number): string =>
  `test('runs', () => require('node:fs').appendFileSync(process.env.LOG, '${name}\\n')); //${'.'.repeat(size)}`;

function lives(config: string): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequencer-'));
  const log = path.join(folder, 'log');
  try {
    const report = runFiles(
      {
        'jest.config.js': `module.exports = { preset: 'jest-loop', ${config} };`,
        'a/jest.fixtures.js': FIXTURE,
        'b/jest.fixtures.js': FIXTURE,
        'a/1.test.js': file('a1', 4000),
        'b/1.test.js': file('b1', 3000),
        'a/2.test.js': file('a2', 2000),
        'b/2.test.js': file('b2', 1000),
      },
      { args: ['-i'], env: { LOG: log } },
    );
    expect(report.code).toBe(0);
    return fs.readFileSync(log, 'utf8').trim().split('\n');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const life = (place: string, ...files: string[]): string[] => [`${place} up`, ...files, `${place} down`];

test("Jest's own order goes to and fro", () => {
  expect(lives('')).toEqual([...life('a', 'a1'), ...life('b', 'b1'), ...life('a', 'a2'), ...life('b', 'b2')]);
});

test('jest-loop/sequencer brings the files of a directory together', () => {
  expect(lives("testSequencer: 'jest-loop/sequencer'")).toEqual([
    ...life('a', 'a1', 'a2'),
    ...life('b', 'b1', 'b2'),
  ]);
});

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Test } from 'jest-runner';
import { filesWithSession, prepareSides } from '../../../../src/jest/runner/prepare-sides';

const rootDir = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-prepare-'));
const config = (setupFilesAfterEnv: string[] = []) => ({ rootDir, roots: [rootDir], setupFilesAfterEnv });

beforeEach(() => {
  for (const name of fs.readdirSync(rootDir)) fs.rmSync(path.join(rootDir, name), { recursive: true });
});
afterAll(() => fs.rmSync(rootDir, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(rootDir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

test.each([
  ["fixture('db', { scope: 'session' }, open);", true],
  ['fixture("db", { scope: "session" }, open);', true],
  ["fixture('db', { scope: 'worker' }, open); // one per session", false],
])('the text of jest.fixtures tells: %s', (text, expected) => {
  const file = write('jest.fixtures.ts', text);
  expect(filesWithSession(config())).toEqual(expected ? [file] : []);
});

test('setup files count as well, those of packages do not', () => {
  const text = "fixture('db', { scope: 'session' }, open);";
  const own = write('setup.js', text);
  expect(filesWithSession(config([write('node_modules/a/setup.js', text), own]))).toEqual([own]);
});

test('what cannot be read is left to those who need it', () => {
  const missing = config([path.join(rootDir, 'missing.js')]);
  expect(() => filesWithSession(missing)).toThrow('ENOENT');
  expect(() => prepareSides([{ context: { config: missing } }] as unknown as Test[])).not.toThrow();
});

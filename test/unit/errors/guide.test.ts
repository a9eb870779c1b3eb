import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { guidePage } from '../../../src/errors/guide';

const start = process.cwd();
const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-guide-')));
afterEach(() => process.chdir(start));
afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

function enter(...parts: string[]): void {
  const folder = path.join(workspace, ...parts);
  fs.mkdirSync(folder, { recursive: true });
  process.chdir(folder);
}

test('a page is where the working directory finds the package: beside it, or further out in a workspace', () => {
  expect(guidePage('errors.md#a')).toBe('node_modules/jest-loop/docs/errors.md#a');
  enter('node_modules/jest-loop/docs');
  enter('packages/app');
  expect(guidePage('errors.md#a')).toBe('../../node_modules/jest-loop/docs/errors.md#a');
});

test('where no node_modules has it, as in a link, it is where this package is', () => {
  fs.rmSync(path.join(workspace, 'node_modules'), { recursive: true, force: true });
  enter('linked');
  const page = guidePage('errors.md#a');
  expect(path.resolve(page)).toBe(path.join(start, 'docs/errors.md#a'));
  expect(page).not.toContain('\\');
});

test('from a directory that is gone it is the usual place', () => {
  const cwd = jest.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: uv_cwd');
  });
  expect(guidePage('errors.md#a')).toBe('node_modules/jest-loop/docs/errors.md#a');
  cwd.mockRestore();
});

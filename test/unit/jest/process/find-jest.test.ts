import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findJest, optionOf, projectFolders } from '../../../../src/jest/process/find-jest';

let root: string;
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-find-')));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** A Jest of this version in a folder's node_modules. */
function install(folder: string, version: string): string {
  const jest = path.join(root, folder, 'node_modules/jest');
  fs.mkdirSync(jest, { recursive: true });
  fs.writeFileSync(
    path.join(jest, 'package.json'),
    JSON.stringify({ version, main: 'index.js', bin: './bin/jest.js' }),
  );
  fs.writeFileSync(path.join(jest, 'index.js'), '');
  return path.join(jest, 'index.js');
}

test('the first folder wins, then those above it', () => {
  const [above, own] = [install('.', '30.1.0'), install('packages/a', '30.0.0')];
  const [a, b] = ['packages/a', 'packages/b'].map(name => path.join(root, name)) as [string, string];
  expect(findJest([a, root])).toEqual({ file: own, bin: path.join(path.dirname(own), 'bin/jest.js') });
  expect(findJest([b, a]).file).toBe(above);
});

test('a folder without Jest gets the one beside this package', () => {
  expect(findJest([root]).file).toBe(require.resolve('jest'));
});

test('an old one is an error', () => {
  install('.', '29.7.0');
  expect(() => findJest([root])).toThrow(
    expect.objectContaining({ code: 'ERR_ENVIRONMENT', message: expect.stringContaining('Jest 29.7.0') }),
  );
});

test('the folders of --rootDir and --config come before the current one', () => {
  const cwd = path.resolve('/w');
  const at = (name: string): string => path.join(cwd, name);
  expect(projectFolders(['--rootDir', 'a', '--config=b/jest.config.js'], cwd)).toEqual([
    at('a'),
    at('b'),
    cwd,
  ]);
  expect(projectFolders(['-c', '{"a":1}', '--', '--rootDir', 'x'], cwd)).toEqual([cwd]);
  expect(projectFolders(['--root-dir=.'], cwd)).toEqual([cwd]);
  expect(optionOf(['-t', 'x'], ['-t'])).toBe('x');
});

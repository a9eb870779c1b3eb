import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  findFixtureFiles,
  isFixtureFile,
  unwatchSetupFiles,
  watchSetupFiles,
} from '../../../../src/jest/file/setup-files';

describe('the jest.fixtures files of a test', () => {
  let root: string;

  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-'));
  });

  afterEach(() => {
    fs.rmSync(root, { recursive: true });
  });

  function write(...files: string[]): void {
    for (const file of files) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), '');
    }
  }

  const find = (rootDir: string, test: string, roots: readonly string[] = [rootDir]): string[] => {
    const [own, ...others] = [rootDir, ...roots].map(each => path.join(root, each));
    const files = findFixtureFiles({ rootDir: own!, roots: others }, path.join(root, test));
    return files.map(file => path.relative(root, file));
  };

  test('are in the directories from the root to its own, outermost first', () => {
    write('p/jest.fixtures.js', 'p/a/b/jest.fixtures.js', 'p/a/c/jest.fixtures.js', 'jest.fixtures.js');
    expect(find('p', 'p/a/b/x.test.js')).toEqual(['p/jest.fixtures.js', 'p/a/b/jest.fixtures.js']);
    expect(find('p', 'p/x.test.js')).toEqual(['p/jest.fixtures.js']);
    expect(find('p', 'p/a/x.test.js')).toEqual(['p/jest.fixtures.js']);
  });

  test.each(['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'])('may end in .%s', extension => {
    write(`jest.fixtures.${extension}`);
    expect(find('', 'x.test.js')).toEqual([`jest.fixtures.${extension}`]);
  });

  test('are one per directory: TypeScript before JavaScript', () => {
    write('jest.fixtures.js', 'jest.fixtures.ts', 'jest.fixtures.cjs');
    expect(find('', 'x.test.js')).toEqual(['jest.fixtures.ts']);
  });

  test('are only those beside it, for a test outside the root', () => {
    write('jest.fixtures.js', 'other/jest.fixtures.js', 'project-b/jest.fixtures.js');
    expect(find('project', 'other/x.test.js')).toEqual(['other/jest.fixtures.js']);
    expect(find('project', 'project-b/x.test.js')).toEqual(['project-b/jest.fixtures.js']);
  });

  test('begin at the outermost of its roots, for a test outside the root', () => {
    write('jest.fixtures.js', 'other/jest.fixtures.js', 'other/deep/jest.fixtures.js');
    write('other/deep/er/jest.fixtures.js', 'other-b/jest.fixtures.js');
    const all = ['other/jest.fixtures.js', 'other/deep/jest.fixtures.js', 'other/deep/er/jest.fixtures.js'];
    const test = 'other/deep/er/x.test.js';
    expect(find('project', test, ['project', 'other'])).toEqual(all);
    expect(find('project', test, ['other/deep/er', 'other', 'other/deep'])).toEqual(all);
    expect(find('project', test, ['other/deep'])).toEqual(all.slice(1));
    expect(find('project', test, ['other-b'])).toEqual(all.slice(2));
    expect(find('project', 'other-b/x.test.js', ['other'])).toEqual(['other-b/jest.fixtures.js']);
  });

  test('begin at the root for a test within it, whatever its roots', () => {
    write('jest.fixtures.js', 'p/jest.fixtures.js', 'p/a/jest.fixtures.js');
    expect(find('p', 'p/a/x.test.js', ['', 'p/a'])).toEqual(['p/jest.fixtures.js', 'p/a/jest.fixtures.js']);
  });

  test('are files', () => {
    write('jest.fixtures.ts/readme.md', 'jest.fixtures.js');
    expect(find('', 'x.test.js')).toEqual(['jest.fixtures.js']);
    expect(find('', 'a/b/c/x.test.js')).toEqual(['jest.fixtures.js']);
  });
});

test.each([
  ['/p/jest.fixtures.ts', true],
  ['/p/a/jest.fixtures.cjs', true],
  ['/p/jest.fixtures.test.ts', false],
  ['/p/my-jest.fixtures.ts', false],
  ['/p/jest.fixtures.ts/a.test.ts', false],
])('whether %s declares the fixtures of its directory is %p', (file, declares) => {
  expect(isFixtureFile(file)).toBe(declares);
});

describe('a watched list of setup files', () => {
  const files = ['/p/setup.js', '/p/more.js'];
  const log: string[] = [];
  const find = jest.fn(() => ['/p/jest.fixtures.js']);

  beforeEach(() => {
    log.length = 0;
    find.mockClear();
    watchSetupFiles(files, find, loading => log.push(loading ? `${loading.kind} ${loading.path}` : 'done'));
  });

  afterEach(() => {
    unwatchSetupFiles(files);
  });

  test('reports each file before it is loaded, and the end', () => {
    for (const file of files) log.push(`load ${file}`);
    expect(log).toEqual([
      'setup /p/setup.js',
      'load /p/setup.js',
      'setup /p/more.js',
      'load /p/more.js',
      'fixtures /p/jest.fixtures.js',
      'load /p/jest.fixtures.js',
      'done',
    ]);
  });

  test('looks for fixture files once the setup files are loaded', () => {
    const iterator = files[Symbol.iterator]();
    iterator.next();
    expect(find).not.toHaveBeenCalled();
  });

  test('serializes as before, since that is part of cache keys', () => {
    expect(JSON.stringify(files)).toBe('["/p/setup.js","/p/more.js"]');
    expect(Reflect.ownKeys({ ...files })).toEqual(['0', '1']);
    expect(files).toHaveLength(2);
  });

  test('is restored when it is no longer watched', () => {
    unwatchSetupFiles(files);
    expect([...files]).toEqual(['/p/setup.js', '/p/more.js']);
    expect(Object.getOwnPropertySymbols(files)).toEqual([]);
    expect(log).toEqual([]);
  });

  test('can be watched again, by the next file of a worker', () => {
    const again: string[] = [];
    watchSetupFiles(
      files,
      () => [],
      loading => again.push(loading?.path ?? 'done'),
    );
    expect([...files]).toHaveLength(2);
    expect(again).toEqual(['/p/setup.js', '/p/more.js', 'done']);
    expect(log).toEqual([]);
  });
});

import * as fs from '../../node/fs';
import * as path from '../../node/path';

/** In the order of preference where a directory has several. */
const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'];

/** The `jest.fixtures` files for a test file: of each directory from `rootDir` down to its own, outermost first. */
export function findFixtureFiles(rootDir: string, testPath: string): string[] {
  return fixtureDirectories(rootDir, testPath).flatMap(directory => {
    const files = EXTENSIONS.map(extension => path.join(directory, `jest.fixtures.${extension}`));
    return files.find(isFile) ?? [];
  });
}

/** Where they are looked for, outermost first. */
export function fixtureDirectories(rootDir: string, testPath: string): string[] {
  const found: string[] = [];
  const own = path.dirname(testPath);
  const inside = own === rootDir || own.startsWith(rootDir.endsWith(path.sep) ? rootDir : rootDir + path.sep);
  for (let directory = own; ; directory = path.dirname(directory)) {
    found.unshift(directory);
    if (!inside || directory === rootDir || directory === path.dirname(directory)) return found;
  }
}

/** Whether a test's path is that of a `jest.fixtures` file, taken for a test. */
export function isFixtureFile(file: string): boolean {
  return /^jest\.fixtures\.[cm]?[jt]s$/.test(path.basename(file));
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Told which file is about to be loaded; undefined when the setup files are done. */
export type Progress = (loading: { path: string; kind: 'setup' | 'fixtures' } | undefined) => void;

/**
 * Lets the `jest.fixtures` files be loaded by Jest itself (CommonJS or ESM, through the project's transform),
 * after the setup files and before the test file, and tells which file is loading.
 *
 * Jest has no such hook, but it goes through `setupFilesAfterEnv` with for-of:
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapter.ts#L80
 * The iterator is a symbol that is not enumerable, so the configuration's text, of which Jest makes the key
 * of its transform cache, stays the same.
 */
export function watchSetupFiles(
  files: readonly string[],
  fixtureFiles: () => readonly string[],
  progress: Progress,
): void {
  Object.defineProperty(files, Symbol.iterator, {
    configurable: true,
    enumerable: false,
    value: function* () {
      for (let i = 0; i < files.length; i++) {
        progress({ path: files[i]!, kind: 'setup' });
        yield files[i]!;
      }
      for (const file of fixtureFiles()) {
        progress({ path: file, kind: 'fixtures' });
        yield file;
      }
      progress(undefined);
    },
  });
}

/** Gives the list its own iterator back. */
export function unwatchSetupFiles(files: readonly string[]): void {
  delete (files as { [Symbol.iterator]?: unknown })[Symbol.iterator];
}

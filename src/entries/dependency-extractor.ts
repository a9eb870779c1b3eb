import { errorOf } from '../errors/problem';
import { noExtractor } from '../errors/project/config';
import { dirname } from '../node/path';

/** Finds the imports in a file's code, as written there, like Jest's own extractor. See docs/running.md. */
export type Extract = (code: string, filePath: string, defaultExtract?: Extract) => Iterable<string>;

/** The module that Jest's `dependencyExtractor` names. See docs/running.md. */
export interface Extractor {
  /** What a file imports. */
  readonly extract: Extract;
  /** Changes when the same code yields other dependencies than before: Jest caches what it finds. */
  readonly getCacheKey?: () => string;
}

/** Test files by name, as in Jest's default `testMatch`. */
const TEST_FILE = /[/\\]__tests__[/\\]|\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** Jest does not say which files are tests: those with another name are recognised by their calls. */
const TEST_CALL = /(?<![.\w$])(?:\w*[tT]est|it|describe)\s*[.(`]/;
/** Part of the cache key: change it when `extract` finds something else. */
const VERSION = 'jest-loop 1';

/**
 * Jest's `dependencyExtractor`: a test file depends on the `jest.fixtures` files of the directories above it, though
 * it does not import them. So `--watch`, `--onlyChanged` and `--findRelatedTests` rerun it when one of them, or what they
 * import, changes. It returns names without looking for the files: Jest resolves them each time, so it also finds files
 * added later. See docs/running.md.
 */
export function extract(code: string, filePath: string, defaultExtract?: Extract): Set<string> {
  const found = new Set(defaultExtract?.(code, filePath) ?? []);
  if (!TEST_FILE.test(filePath) && !TEST_CALL.test(code)) return found;
  let up = './';
  for (let folder = dirname(filePath), above = dirname(folder); ; folder = above, above = dirname(folder)) {
    found.add(`${up}jest.fixtures`);
    if (above === folder) return found;
    up = up === './' ? '../' : `../${up}`;
  }
}

/** Part of the key under which Jest caches dependencies. See docs/running.md. */
export function getCacheKey(): string {
  return VERSION;
}

/**
 * Adds the `jest.fixtures` files to what a project's own dependency extractor finds. The file that `dependencyExtractor`
 * names is `module.exports = withFixtureFiles(require('./own-extractor'))`. Throws if `own` has no `extract`. See
 * docs/running.md.
 */
export function withFixtureFiles(own: Extractor | { readonly default: Extractor }): Required<Extractor> {
  const inner =
    'extract' in Object(own) ? (own as Extractor) : (Object(own).default as Extractor | undefined);
  if (typeof inner?.extract !== 'function') throw errorOf(noExtractor(own));
  return {
    extract: (code, filePath, defaultExtract) =>
      extract(code, filePath, () => inner.extract(code, filePath, defaultExtract)),
    getCacheKey: () => `${VERSION}\0${inner.getCacheKey?.() ?? ''}`,
  };
}

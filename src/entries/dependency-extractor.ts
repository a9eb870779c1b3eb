import { noExtractor } from '../errors/config';
import { dirname } from '../node/path';

/** Finds what a file imports, as Jest's own extractor does: the texts that stand in its code. */
export type Extract = (code: string, filePath: string, defaultExtract?: Extract) => Iterable<string>;

/** What Jest's `dependencyExtractor` names. */
export interface Extractor {
  readonly extract: Extract;
  /** Changes where the same file has other dependencies than before: Jest keeps what it has found. */
  readonly getCacheKey?: () => string;
}

/** By their names, as Jest's default `testMatch` has them. */
const TEST_FILE = /[/\\]__tests__[/\\]|\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** Jest does not say which files are tests: those of another name are known by their calls. */
const TEST_CALL = /(?<![.\w$])(?:\w*[tT]est|it|describe)\s*[.(`]/;
/** To be changed with what is found. */
const VERSION = 'jest-loop 1';

/**
 * Jest's `dependencyExtractor`: a test file depends on the `jest.fixtures` files of the directories above it, though
 * it does not import them. So `--watch`, `--onlyChanged` and `--findRelatedTests` rerun it when one of them changes, or
 * what they import. Gives the names without looking for the files: Jest does so each time, and a file that is added
 * later is found as well.
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

/** Part of the name under which Jest keeps what was found. */
export function getCacheKey(): string {
  return VERSION;
}

/**
 * A dependency extractor of a project's own, with the `jest.fixtures` files added to what it finds. The file that
 * `dependencyExtractor` names is `module.exports = withFixtureFiles(require('./own-extractor'))`. Throws where `own` has
 * no `extract`. See docs/running.md.
 */
export function withFixtureFiles(own: Extractor | { readonly default: Extractor }): Required<Extractor> {
  const inner =
    'extract' in Object(own) ? (own as Extractor) : (Object(own).default as Extractor | undefined);
  if (typeof inner?.extract !== 'function') {
    const { message, code } = noExtractor(own);
    throw Object.assign(new Error(message), { code });
  }
  return {
    extract: (code, filePath, defaultExtract) =>
      extract(code, filePath, () => inner.extract(code, filePath, defaultExtract)),
    getCacheKey: () => `${VERSION}\0${inner.getCacheKey?.() ?? ''}`,
  };
}

import { createRequire } from 'node:module';
import { withOriginals } from '../../node/capture/originals';
import * as path from '../../node/path';
import { getOrMake } from '../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { jestState } from './jest-state';

/*
 * Jest's own packages. A project installs `jest`, and strict package managers (Yarn PnP, pnpm) let a package see only
 * what it depends on itself. So each is resolved from the package of Jest's that depends on it, down from `jest`.
 */
const DEPENDANT = {
  '@jest/core': 'jest',
  '@jest/transform': '@jest/core',
  'jest-config': '@jest/core',
  'jest-resolve': '@jest/core',
  'jest-runner': '@jest/core',
  'jest-runtime': '@jest/core',
  'jest-util': '@jest/core',
  'pretty-format': '@jest/core',
  '@jest/test-sequencer': 'jest-config',
  'jest-circus': 'jest-config',
  'jest-environment-node': 'jest-runner',
  '@jest/expect': 'jest-circus',
  '@jest/globals': 'jest-runtime',
} as const;

type Dependency = keyof typeof DEPENDANT;

/** Any file of this package: all see the same packages. */
const OWN = path.join(PACKAGE_FOLDER, 'index.js');

/**
 * The main file of one of Jest's packages: of the Jest that this package finds, else what this package finds by that
 * name, else of the project's Jest. Throws Node's error for the plain name if it is not installed.
 */
export function resolveJest(name: Dependency, project: string = process.cwd()): string {
  return withOriginals(() => {
    const own = through(OWN, name) ?? plain(name) ?? through(path.join(project, 'package.json'), name);
    return own ?? require.resolve(name);
  });
}

/** One of Jest's packages, found as {@link resolveJest} does. */
export function requireJest(name: Dependency, project?: string): unknown {
  const file = resolveJest(name, project);
  return withOriginals(() => require(file) as unknown);
}

/** The main file of one of Jest's packages as the running Jest has loaded it. */
export function loadedJest(name: Dependency): string | undefined {
  return loadedFile(name, 'index.js');
}

/** The version of the Jest that {@link resolveJest} finds. */
export function jestVersion(): string {
  if (jestState.jestVersion === undefined) {
    const { version } = createRequire(resolveJest('jest-environment-node'))('../package.json') as {
      readonly version: string;
    };
    jestState.jestVersion = version;
  }
  return jestState.jestVersion;
}

/** The file of a package as `jest` depends on it, where `from` sees `jest`. Node looks for it once per process. */
function through(from: string, name: Dependency | 'jest'): string | undefined {
  return getOrMake(jestState.jestFiles, `${from}\0${name}`, () => find(from, name));
}

function find(from: string, name: Dependency | 'jest'): string | undefined {
  try {
    if (name === 'jest') return createRequire(from).resolve(name);
    const dependant = running(DEPENDANT[name]) ?? through(from, DEPENDANT[name]);
    return dependant === undefined ? undefined : createRequire(dependant).resolve(name);
  } catch {
    return undefined;
  }
}

/** Those of which Jest's main process and its workers have loaded a file before they load this package. */
const ENTRIES: readonly string[] = ['@jest/core', 'jest-runner'];

/**
 * A file of a package as the running Jest has loaded it. To find it here saves several look-ups of packages, in each
 * process.
 */
function running(name: Dependency | 'jest'): string | undefined {
  return ENTRIES.includes(name) ? loadedFile(name, '') : undefined;
}

/** A loaded file of a package's build, whose name begins like this. */
function loadedFile(name: string, start: string): string | undefined {
  const file = `${path.sep}${path.join('node_modules', name, 'build')}${path.sep}${start}`;
  return Object.keys(require.cache).find(each => each.includes(file));
}

function plain(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

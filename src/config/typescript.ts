import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/** The names of Babel's configuration files. */
const BABEL_FILES = ['json', 'js', 'cjs', 'mjs', 'cts', 'ts', 'mts'].flatMap(extension => [
  `babel.config.${extension}`,
  `.babelrc.${extension}`,
]);

/** The transforms that the preset adds to a project with ts-jest. */
export interface Transforms {
  readonly typescript: Record<string, string | [string, Record<string, unknown>]>;
  /** Jest's defaults, for all other files. */
  readonly byDefault: Record<string, string>;
}

const TSCONFIG = {
  // Node 20 runs all of ES2023. We read parameters from source text, so they must not be compiled away.
  target: 'es2022',
  // ts-jest switches to CommonJS where Jest needs it.
  module: 'esnext',
  moduleResolution: 'node10',
  esModuleInterop: true,
  isolatedModules: true,
  sourceMap: true,
  inlineSources: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  jsx: 'react-jsx',
};

/**
 * Transforms for TypeScript without configuration: ts-jest without type checks, for the running version of Node.
 * Undefined if ts-jest is not installed; then Jest's own transforms stay.
 */
export function typescriptTransforms(root: string, project: string): Transforms | undefined {
  const tsJest = resolveFrom([project, root], 'ts-jest');
  if (tsJest === undefined) return undefined;
  const babelJest = resolveBabelJest([project, root]);
  if (babelJest === undefined) return undefined;
  const transformer = path.join(root, 'build/entries/typescript-transform.js');
  const tsJestOptions = { diagnostics: false, useESM: true, tsconfig: TSCONFIG };
  return {
    typescript: { '^.+\\.[cm]?tsx?$': [transformer, { tsJest, babelJest, tsJestOptions }] },
    byDefault: { '\\.[jt]sx?$': babelJest },
  };
}

function resolveFrom(folders: readonly string[], name: string): string | undefined {
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, 'package.json')).resolve(name);
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

/** Jest's own babel-jest, to which not every package manager gives a project access. */
function resolveBabelJest(folders: readonly string[]): string | undefined {
  let from = resolveFrom(folders, 'jest/package.json');
  for (const name of ['@jest/core', 'jest-config', 'babel-jest']) {
    if (from !== undefined) from = resolveFrom([path.dirname(from)], name);
  }
  return from;
}

/** Whether a project has a Babel configuration, so that Babel compiles its TypeScript. */
export function hasBabel(project: string): boolean {
  if (fs.existsSync(path.join(project, '.babelrc'))) return true;
  if (BABEL_FILES.some(file => fs.existsSync(path.join(project, file)))) return true;
  try {
    return 'babel' in JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8'));
  } catch {
    return false;
  }
}

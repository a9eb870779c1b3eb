import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/** The names of Babel's configuration files. */
const BABEL_FILES = ['json', 'js', 'cjs', 'mjs', 'cts', 'ts', 'mts'].flatMap(extension => [
  `babel.config.${extension}`,
  `.babelrc.${extension}`,
]);

/**
 * The transform for TypeScript without configuration: by ts-jest where the project has it and has no Babel
 * configuration, without type checks, for the running Node. Undefined: Jest's own transforms stay.
 */
export function typescriptTransform(root: string, project: string): Record<string, unknown> | undefined {
  if (hasBabel(project)) return undefined;
  let tsJest: string;
  try {
    tsJest = createRequire(path.join(project, 'package.json')).resolve('ts-jest');
  } catch {
    return undefined;
  }
  const tsconfig = {
    // Node 20 runs all of ES2023; nothing that we read by its source text may be compiled away.
    target: 'es2022',
    // CommonJS where Jest wants that: ts-jest sees to it.
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
  return {
    '^.+\\.[cm]?tsx?$': [
      path.join(root, 'build/jest/typescript-transform.js'),
      { tsJest, tsJestOptions: { diagnostics: false, useESM: true, tsconfig } },
    ],
    // A transform in a preset takes the place of Jest's default, which is needed for JavaScript all the same.
    '^.+\\.[cm]?jsx?$': 'babel-jest',
  };
}

function hasBabel(project: string): boolean {
  if (fs.existsSync(path.join(project, '.babelrc'))) return true;
  if (BABEL_FILES.some(file => fs.existsSync(path.join(project, file)))) return true;
  try {
    return 'babel' in JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8'));
  } catch {
    return false;
  }
}

import * as path from 'node:path';
import { typescriptTransform } from './config/typescript';

/** The preset: what `preset: 'jest-loop'` stands for. */
export interface Preset {
  readonly testEnvironment: string;
  readonly setupFilesAfterEnv: readonly string[];
  readonly testPathIgnorePatterns: readonly string[];
  readonly transform?: Readonly<Record<string, unknown>>;
}

/**
 * Makes the preset. Jest resolves its paths against the project, so all are absolute; a `transform` of the
 * project's own is laid over ours by Jest.
 */
export function preset(root: string, project: string = process.cwd()): Preset {
  const transform = typescriptTransform(root, project);
  return {
    testEnvironment: path.join(root, 'build/jest/environment.js'),
    setupFilesAfterEnv: [path.join(root, 'build/jest/setup.js')],
    // A jest.fixtures file in a __tests__ folder is no test.
    testPathIgnorePatterns: ['/node_modules/', '[/\\\\]jest\\.fixtures\\.[cm]?[jt]s$'],
    ...(transform === undefined ? {} : { transform }),
  };
}

import type { Config } from '@jest/types';
import type { Test } from 'jest-runner';
import * as fs from '../../node/fs';
import * as path from '../../node/path';
import { findFixtureFiles } from '../file/setup-files';
import { loadSides } from '../shared/find-worker-side';

/**
 * The main process has nothing to do while its workers start, and a test that requests a `session` fixture waits for it.
 * So what loads such fixtures is loaded ahead where a project seems to declare any, and the files that declare them are
 * compiled. None of them runs.
 */
export function prepareSides(tests: readonly Test[]): void {
  const projects = new Map(tests.map(({ context: { config } }) => [config.id, config]));
  for (const config of projects.values()) {
    try {
      const files = filesWithSession(config);
      if (files.length > 0) loadSides(config).prepare(config, files);
    } catch {
      // Reported where it is needed.
    }
  }
}

type Declaring = Pick<Config.ProjectConfig, 'rootDir' | 'roots' | 'setupFilesAfterEnv'>;

/** Of the files that declare most fixtures, the project's setup files and its `jest.fixtures`, those that name the scope. */
export function filesWithSession({ rootDir, roots, setupFilesAfterEnv }: Declaring): string[] {
  const own = setupFilesAfterEnv.filter(file => !/[\\/]node_modules[\\/]/.test(file));
  const files = [...own, ...findFixtureFiles({ rootDir, roots }, path.join(rootDir, 'any.test.js'))];
  return files.filter(file => /(['"`])session\1/.test(fs.readFileSync(file, 'utf8')));
}

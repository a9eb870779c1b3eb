import { createRequire } from 'node:module';
import type { Config } from '@jest/types';
import * as path from '../../node/path';
import { resolveJest } from '../process/jest-packages';
import { isOurs } from './jest-runner';
import LoopRunner from './runner';

/** Jest's own runner, as a module. */
interface RunnerModule {
  default: object;
}

/**
 * Replaces Jest's runner by ours in this process: for projects that name none, and for those whose runner extends it.
 * Jest loads runners after globalSetup, so theirs extends ours. The returned function restores Jest's.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/TestScheduler.ts#L219-L240
 */
export function replaceRunner({
  runner,
  rootDir,
}: Pick<Config.ProjectConfig, 'runner' | 'rootDir'>): () => void {
  const undo: (() => void)[] = [];
  for (const from of [runner, path.join(rootDir, 'package.json'), resolveJest('jest-runner')]) {
    const found = runnerModule(from);
    if (found === undefined || isOurs(found.default)) continue;
    const before = found.default;
    found.default = LoopRunner;
    undo.push(() => {
      found.default = before;
    });
  }
  return () => {
    for (const each of undo) each();
  };
}

/** The module that a file would import. */
function runnerModule(from: string): RunnerModule | undefined {
  try {
    return createRequire(from)('jest-runner') as RunnerModule;
  } catch {
    // Not installed for that file.
    return undefined;
  }
}

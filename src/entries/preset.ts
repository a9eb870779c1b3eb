import * as path from 'node:path';
import { type Transforms, typescriptTransforms } from '../config/typescript';
import { failOnRecord } from '../jest/report/fail-run';

/** What `preset: 'jest-loop'` stands for: a part of Jest's own `Config`. */
export interface Preset {
  readonly testEnvironment: string;
  readonly runner: string;
  readonly setupFilesAfterEnv: string[];
  readonly dependencyExtractor: string;
  readonly testPathIgnorePatterns: string[];
  readonly coveragePathIgnorePatterns: string[];
  readonly transform?: Record<string, string | [string, Record<string, unknown>]>;
}

/** A `jest.fixtures` file is no test, and no more a part of the coverage than a setup file is. */
const FIXTURE_FILES = '[/\\\\]jest\\.fixtures\\.[cm]?[jt]s$';

/**
 * Makes the preset. Jest resolves its paths against the project, so all are absolute. Loaded in Jest's main process,
 * it looks after errors that come when a worker is done with a file: the run must not end as passed.
 */
export function preset(root: string, project: string = process.cwd()): Preset {
  failOnRecord();
  const made: Preset = {
    testEnvironment: path.join(root, 'build/entries/environment.js'),
    runner: path.join(root, 'build/entries/runner.js'),
    setupFilesAfterEnv: [path.join(root, 'build/entries/setup.js')],
    dependencyExtractor: path.join(root, 'build/entries/dependency-extractor.js'),
    testPathIgnorePatterns: ['/node_modules/', FIXTURE_FILES],
    coveragePathIgnorePatterns: ['/node_modules/', FIXTURE_FILES],
  };
  const transforms = typescriptTransforms(root, project);
  return transforms === undefined ? made : withTransforms(made, transforms);
}

/**
 * A `transform` in a preset takes the place of Jest's default, so it has to hold that as well; but a project with
 * a `transform` of its own, were it empty, has no default. A preset is not told, but for the way in which Jest
 * reads it: for a project that has one, `transform` is read alone, to be laid under the project's; else it is
 * read with all the rest, which is copied in order.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-config/src/normalize.ts#L134-L148
 */
function withTransforms(made: Preset, { typescript, byDefault }: Transforms): Preset {
  let copying = false;
  return {
    get testEnvironment() {
      copying = true;
      return made.testEnvironment;
    },
    runner: made.runner,
    setupFilesAfterEnv: made.setupFilesAfterEnv,
    dependencyExtractor: made.dependencyExtractor,
    testPathIgnorePatterns: made.testPathIgnorePatterns,
    coveragePathIgnorePatterns: made.coveragePathIgnorePatterns,
    get transform() {
      const whole = copying;
      copying = false;
      return whole ? { ...typescript, ...byDefault } : typescript;
    },
  };
}

import * as path from 'node:path';
import { type Transforms, typescriptTransforms } from '../config/typescript';
import { keepCompiledCode } from '../jest/process/compiled/compile-cache';
import { embedding } from '../jest/process/embedding';
import { failOnRecord } from '../jest/report/fail-run';

/** The preset `jest-loop`: a part of Jest's `Config`. */
export interface Preset {
  readonly testEnvironment: string;
  readonly runner: string;
  readonly setupFilesAfterEnv: string[];
  readonly dependencyExtractor: string;
  readonly testPathIgnorePatterns: string[];
  readonly coveragePathIgnorePatterns: string[];
  readonly transform?: Record<string, string | [string, Record<string, unknown>]>;
}

/** A `jest.fixtures` file is not a test, and no part of the coverage, like a setup file. */
const FIXTURE_FILES = '[/\\\\]jest\\.fixtures\\.[cm]?[jt]s$';

/**
 * Makes the preset. Jest would resolve relative paths against the project, so all are absolute. Jest's main process
 * loads it, so it also makes the run fail for errors that occur once a worker is done with a file, and has compiled
 * code kept.
 */
export function preset(root: string, project: string = embedding()?.rootDir ?? process.cwd()): Preset {
  // In a program's process that is the program's decision.
  if (embedding() === undefined) keepCompiledCode();
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
 * A preset's `transform` replaces Jest's default, so it has to include the default; but for a project with its own
 * `transform`, even an empty one, the default does not apply. Only the way in which Jest reads the preset tells the two
 * apart: if the project has a `transform`, Jest reads the preset's alone, to merge the two; otherwise it copies all
 * properties in order.
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

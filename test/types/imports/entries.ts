/* Each entry point of the package has types, also where a project names it by its path. */
import extractor, { withFixtureFiles } from 'jest-loop/dependency-extractor';
import LoopEnvironment, { withLoop } from 'jest-loop/environment';
import eslint from 'jest-loop/eslint';
import 'jest-loop/globals';
import globalSetup, { type withSession as withSetup } from 'jest-loop/global-setup';
import globalTeardown, { withSession as withTeardown } from 'jest-loop/global-teardown';
import preset from 'jest-loop/jest-preset';
import { runAsMain, runJest } from 'jest-loop/run';
import LoopRunner from 'jest-loop/runner';
import Sequencer from 'jest-loop/sequencer';
import 'jest-loop/setup';
import Timeline from 'jest-loop/timeline';
import { expectEqual } from '../helpers';

expectEqual<typeof preset.setupFilesAfterEnv, string[]>(true);
expectEqual<typeof withSetup, typeof globalSetup.withSession>(true);

export const classes = [LoopEnvironment, LoopRunner, Sequencer, Timeline];
export const functions: readonly unknown[] = [
  withLoop,
  withFixtureFiles,
  extractor.extract,
  globalSetup,
  globalTeardown,
  withTeardown,
  runAsMain,
  runJest,
];
export const configurations = [...eslint, preset];

// @ts-expect-error there is no such entry
export type Nothing = typeof import('jest-loop/nothing');

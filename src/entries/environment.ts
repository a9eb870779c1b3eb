import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { NodeEnvironment } from '../jest/environment/base-environment';
import { withLoop } from '../jest/environment/with-loop';
import { requireJest } from '../jest/process/jest-packages';

const node = requireJest('jest-environment-node') as {
  readonly TestEnvironment: new (
    config: JestEnvironmentConfig,
    context: EnvironmentContext,
  ) => NodeEnvironment;
};

/** Jest's Node environment with fixtures, Loops and time limits. */
const TestEnvironment = withLoop(node.TestEnvironment);

/**
 * The module that `testEnvironment` names: the class, also as `TestEnvironment`, like Jest's own environments. `withLoop`
 * makes any other environment one. See docs/environments.md.
 */
const Environment = Object.assign(TestEnvironment, {
  TestEnvironment,
  /** Makes a loop environment of any Jest environment: `module.exports = withLoop(base)`. Throws if it is no class. */
  withLoop,
});

// Never runs: lets Node's scan for the exports of CommonJS modules find these names, so that ES modules can import
// them. It understands plain names only.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

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

/** The module that `testEnvironment` names: the class, also as `TestEnvironment`, like Jest's own environments. */
const Environment = Object.assign(TestEnvironment, { TestEnvironment, withLoop });

// Never runs: lets Node's scan for the exports of CommonJS modules find these names, so that ES modules can import
// them. It understands plain names only.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

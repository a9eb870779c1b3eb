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

/** What `testEnvironment` names: the class itself, and as `TestEnvironment`, as Jest's own environments have it. */
const Environment = Object.assign(TestEnvironment, { TestEnvironment, withLoop });

// Not run: Node's scan for the exports of a CommonJS module finds these names here, so that ES modules may import
// them. It understands plain names only.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import { withLoop } from '../jest/environment/with-loop';

/** Jest's Node environment with fixtures, Loops and time limits. */
const TestEnvironment = withLoop(NodeEnvironment);

/** The module that `testEnvironment` names: the class, also as `TestEnvironment`, like Jest's own environments. */
const Environment = Object.assign(TestEnvironment, { TestEnvironment, withLoop });

// Never runs: lets Node's scan for the exports of CommonJS modules find these names, so that ES modules can import
// them. It understands plain names only.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import { withLoop } from '../jest/environment/with-loop';

import made = require('./environment');

const { LoopEnvironment: TestEnvironment, withLoop } = made;

/** What `testEnvironment` names: the class itself, and as `TestEnvironment`, as Jest's own environments have it. */
const Environment = Object.assign(TestEnvironment, { TestEnvironment, withLoop });

// Not run: tells Node's scan for the exports of CommonJS that ES modules may import these by their names. It knows
// no values but plain names.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment, withLoop });

export = Environment;

export { withLoop };

/** Jest's Node environment with fixtures, Loops and time limits. */
export const LoopEnvironment = withLoop(NodeEnvironment);

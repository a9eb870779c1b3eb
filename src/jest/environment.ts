import { LoopEnvironment, withLoop } from './loop-environment';

/** What `testEnvironment` names: the class itself, and as `TestEnvironment`, as Jest's own environments have it. */
const Environment = Object.assign(LoopEnvironment, { TestEnvironment: LoopEnvironment, withLoop });

// Not run: tells Node's scan for the exports of CommonJS that ES modules may import these by their names.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { TestEnvironment: LoopEnvironment, withLoop });

export = Environment;

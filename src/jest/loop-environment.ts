import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import { withLoop } from './with-loop';

export { withLoop };

/** Jest's Node environment with fixtures, Loops and time limits. */
export const LoopEnvironment = withLoop(NodeEnvironment);

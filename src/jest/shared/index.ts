/* All of what outlives test files that is loaded when the first such fixture is asked for. */
export { MainSide } from './main-side';
export { WorkerSide } from './worker-side';

/* The two sides of shared fixtures, which are loaded by name. */
export { MainSide } from './main-side';
export { prepare } from './shared-host';
export { WorkerSide } from './worker-side';

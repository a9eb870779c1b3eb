/* The two sides of shared fixtures, for those who load them by name. */
export { MainSide } from './main-side';
export { WorkerSide } from './worker-side';

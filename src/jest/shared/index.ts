/* The part of shared fixtures that is loaded when a test needs the first one. */
export { MainSide } from './main-side';
export { WorkerSide } from './worker-side';

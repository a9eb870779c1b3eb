/** What the test environment takes from a test file's realm: the public API, and `Step`. */
export * from '.';
export { Step } from './steps/step';

/** What the test environment takes from the realm of a test file: the public part, and what carries its steps. */
export * from '.';
export { Step } from './steps/step';

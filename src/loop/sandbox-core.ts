/** What the test environment takes from a test file's realm: the public API, and the errors of steps. */
export * from '.';
export { cancellation, loopError } from './steps/cancellation';

/* What runs test files: loaded when the first environment is made, or for the first shared fixture of the main process. */
export { FileEnvironment } from '../jest/environment/file-environment';
export * from '../jest/shared';

/* Loaded by the setup file where another environment runs the test file: few files need it. */
export { serveOtherEnvironment } from '../jest/api/other-environment';

/* The setup file loads this if another environment runs the test file, which is rare. */

export { serveOtherEnvironment } from '../jest/api/other-environment';
export { ownModules } from '../jest/file/own-modules';

/* Runs in the sandbox of each test file. Unlike what Jest loads there, it is compiled once for the process. */
export { makeSandboxRealm } from '../jest/file/make-realm';

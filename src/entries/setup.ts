import { keepReal } from '../jest/file/keep-real';
import type { TestFile } from '../jest/file/test-file';

/*
 * The first of `setupFilesAfterEnv`. Jest compiles it for each test file, so it stays small, and its bundle loads nothing,
 * since a project may mock what is loaded there. It opens the test file, with what only a module of the sandbox can do.
 * Loading it again changes nothing.
 */
const sandbox = globalThis as unknown as Record<symbol, TestFile | undefined> & Record<string, unknown>;
const testFile = sandbox[Symbol.for('jest-loop.test-file')];

if (testFile !== undefined) {
  keepReal(testFile.unmocked);
  testFile.open({ load: file => require(file), import: file => import(file) }, sandbox);
} else {
  // Another environment runs the test file (a @jest-environment comment). This is rare, so it has its own bundle.
  const load = () => require('./other-environment') as typeof import('./other-environment');
  if ('_isMockFunction' in load().serveOtherEnvironment) {
    keepReal(['./other-environment.js']);
    keepReal(load().ownModules());
  }
  load().serveOtherEnvironment();
}

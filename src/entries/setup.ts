import { makeSandboxRealm } from '../jest/file/realm';
import type { TestFile } from '../jest/file/test-file';

/*
 * The first of `setupFilesAfterEnv`: it runs inside the sandbox of each test file, so it stays small (bundled, it
 * loads nothing: a project may mock all that is loaded) and gives the session what has to be made in here. Loading it again changes nothing.
 */
const sandbox = globalThis as unknown as Record<symbol, TestFile | undefined> & Record<string, unknown>;
const testFile = sandbox[Symbol.for('jest-loop.test-file')];

const realm = makeSandboxRealm(globalThis);

if (testFile !== undefined) {
  testFile.open(realm, sandbox);
} else {
  // Another environment runs this file (a @jest-environment comment). A bundle of its own: few need it.
  const { serveOtherEnvironment } = require('./other-environment') as typeof import('./other-environment');
  serveOtherEnvironment();
}

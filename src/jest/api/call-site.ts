import type { Site } from '../../errors/site';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOfCall } from '../report/sites';

/** Where the test file called `outer`, one of our functions in its sandbox. */
export function siteOf(testFile: TestFile, outer: SandboxFunction): Site {
  return siteOfCall(testFile.realm, outer, testFile.rootDir);
}

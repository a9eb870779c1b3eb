import { declare, readArguments } from '../collect/declare';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';

/** The global `fixture`. It returns an object with `.fixture` for chaining; the types do the rest. */
export function makeFixture(testFile: TestFile): SandboxFunction {
  const fixture = testFile.realm.wrap((args, outer) => {
    const site = siteOf(testFile, outer);
    const given = readArguments(testFile, 'fixture()', args, site);
    declare(testFile, testFile.currentNamespace(), undefined, given, site);
    return Object.assign(testFile.realm.newObject(), { fixture });
  }, 'fixture');
  return fixture;
}

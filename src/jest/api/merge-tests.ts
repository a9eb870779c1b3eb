import { invalidTestCall } from '../../errors/tests/calls';
import type { TestType } from '../../fixtures/declare/test-type';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';
import { makeTest, PLAIN_TEST } from './test';

/** `mergeTests(a, b)`: a `test` that sees the fixtures of both. If both declare a name, the last one wins. */
export function makeMergeTests(testFile: TestFile): SandboxFunction {
  return testFile.realm.wrap((tests, outer) => {
    const testTypes = tests.map(test => testFile.testTypes.of(test));
    const wrong = testTypes.indexOf(undefined);
    if (wrong >= 0 || tests.length === 0) {
      const fix = 'pass test functions; to add fixtures to one call test.extend({ … }).';
      throw testFile.makeError(
        invalidTestCall(
          'Expected mergeTests() to be called with test functions',
          tests[wrong],
          fix,
          siteOf(testFile, outer),
        ),
      );
    }
    const testType = testFile.testTypes.extend(testTypes as TestType[], testFile.originOf('test.extend()'));
    return makeTest(testFile, { ...PLAIN_TEST, testType });
  });
}

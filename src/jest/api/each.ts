import { rowProbe } from '../collect/rows';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { select, type TestForm } from '../file/test-form';
import { readCall, register } from './register-test';

/** `.each`: Jest's, given a probe in place of the test function so that we learn each test's row. */
export function eachCall(testFile: TestFile, form: TestForm): HostFunction {
  return (table, tableOuter) => {
    const bind = (select(testFile, form) as unknown as { each: SandboxFunction }).each;
    const ofTable = bind(...table) as SandboxFunction;
    // Jest gives the tests of failing.each the place of the table.
    const place = form.failing ? new testFile.realm.Error() : undefined;
    if (place !== undefined) testFile.realm.captureStackTrace(place, tableOuter);
    return testFile.realm.wrap((args, outer) => {
      const { name, fn, timeout, options, markers } = readCall(testFile, form, args, outer);
      if (typeof fn !== 'function') {
        ofTable(name, fn, timeout);
        return;
      }
      // jest-each passes `done` to plain and `only` tests alone:
      // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/index.ts#L150-L240
      const each = { fn: fn as UserFn, takesDone: !form.concurrent && !form.failing };
      register(testFile, { testType: form.testType, options, markers, outer, place, each }, () =>
        ofTable(name, rowProbe(), timeout),
      );
    });
  };
}

/*
 * Jest's globals where `jest-loop/globals` stands in for `@types/jest`: the functions as 'jest-loop' exports them,
 * `expect` and `jest` as '@jest/globals' does.
 */

import type * as JestGlobals from '@jest/globals';
import type * as jestLoop from '.';
import type { JestClass, JestFunction } from './jest/api/jest-object';
import type { DescribeForm, TestForm } from './types';

declare global {
  var test: typeof jestLoop.test;
  var it: typeof jestLoop.test;
  /** The same as `test.only`. */
  var fit: TestForm;
  /** The same as `test.skip`. */
  var xit: TestForm;
  /** The same as `test.skip`. */
  var xtest: TestForm;
  var describe: typeof jestLoop.describe;
  /** The same as `describe.only`. */
  var fdescribe: DescribeForm;
  /** The same as `describe.skip`. */
  var xdescribe: DescribeForm;
  var beforeAll: typeof jestLoop.beforeAll;
  var beforeEach: typeof jestLoop.beforeEach;
  var afterEach: typeof jestLoop.afterEach;
  var afterAll: typeof jestLoop.afterAll;
  var expect: typeof JestGlobals.expect;
  var jest: typeof JestGlobals.jest;

  /** The types beside the value `jest`, such as `jest.Mocked<typeof module>`. */
  namespace jest {
    type Mock<T extends JestFunction = JestFunction> = JestGlobals.jest.Mock<T>;
    type Mocked<T extends object> = JestGlobals.jest.Mocked<T>;
    type MockedClass<T extends JestClass> = JestGlobals.jest.MockedClass<T>;
    type MockedFunction<T extends JestFunction> = JestGlobals.jest.MockedFunction<T>;
    type MockedObject<T extends object> = JestGlobals.jest.MockedObject<T>;
    type Replaced<T> = JestGlobals.jest.Replaced<T>;
    type Spied<T extends JestClass | JestFunction> = JestGlobals.jest.Spied<T>;
    type SpiedClass<T extends JestClass> = JestGlobals.jest.SpiedClass<T>;
    type SpiedFunction<T extends JestFunction> = JestGlobals.jest.SpiedFunction<T>;
    type SpiedGetter<T> = JestGlobals.jest.SpiedGetter<T>;
    type SpiedSetter<T> = JestGlobals.jest.SpiedSetter<T>;
  }
}

import type * as JestGlobals from '@jest/globals';
import { api, jestOwn } from './jest/api';
import type { DescribeAPI, FixtureFunction, HookAPI, Mark, MergeTests, TestAPI } from './types';

/*
 * All that is public. Each function belongs to the test file that loads this: it is looked up in the session of
 * the file, so a second copy of this module is as good as the first.
 */
export type * from './types';
export type * from './types/jest-globals';

/** Registers a test, which may ask for fixtures. Jest's own, and more: see {@link TestAPI} and docs/fixtures.md. */
export const test = api('test') as TestAPI;
/** The same function as {@link test}. */
export const it = test;
/** Groups tests: Jest's own, with {@link DescribeAPI}'s modifiers. */
export const describe = api('describe') as DescribeAPI;

/** Jest's `beforeAll`, which may ask for fixtures of `describe` scope and wider. */
export const beforeAll = api('beforeAll') as TestAPI['beforeAll'];
/** Jest's `beforeEach`, which may ask for fixtures: the test's own instances. */
export const beforeEach = api('beforeEach') as HookAPI;
/** Jest's `afterEach`, which may ask for fixtures: the test's own instances. */
export const afterEach = api('afterEach') as HookAPI;
/** Jest's `afterAll`, which may ask for fixtures of `describe` scope and wider. */
export const afterAll = api('afterAll') as TestAPI['afterAll'];

/** Declares a fixture for the place where it is called. See {@link FixtureFunction} and docs/fixtures.md. */
export const fixture = api('fixture') as FixtureFunction;
/** Statements for the tests of the enclosing describe block or file. See {@link Mark}. */
export const mark = api('mark') as Mark;
/** A `test` that sees the fixtures of all that it is given; where several have one of a name, the last wins. */
export const mergeTests = api('mergeTests') as MergeTests;

/** Jest's own `expect`. */
export const expect = jestOwn('expect') as typeof JestGlobals.expect;
/** Jest's own `jest`. `jest.mock` of a relative path needs the global one, or that of `@jest/globals`. */
export const jest = jestOwn('jest') as typeof JestGlobals.jest;

/** The types beside the value {@link jest}, such as `jest.Mocked<typeof module>`. */
export declare namespace jest {
  export type Mock<T extends JestMockFunction = JestMockFunction> = JestGlobals.jest.Mock<T>;
  export type Mocked<T extends object> = JestGlobals.jest.Mocked<T>;
  export type MockedClass<T extends JestMockClass> = JestGlobals.jest.MockedClass<T>;
  export type MockedFunction<T extends JestMockFunction> = JestGlobals.jest.MockedFunction<T>;
  export type MockedObject<T extends object> = JestGlobals.jest.MockedObject<T>;
  export type Replaced<T> = JestGlobals.jest.Replaced<T>;
  export type Spied<T extends JestMockClass | JestMockFunction> = JestGlobals.jest.Spied<T>;
}
// biome-ignore lint/suspicious/noExplicitAny: the constraints of Jest's own types
type JestMockFunction = (...args: any) => any;
// biome-ignore lint/suspicious/noExplicitAny: the constraints of Jest's own types
type JestMockClass = new (...args: any) => any;

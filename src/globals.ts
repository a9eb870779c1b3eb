/**
 * The entry `jest-loop/globals`: types the globals. Without `@types/jest` it declares all of them; beside it, it adds to
 * `test`, `it`, `describe` and the hooks, and declares `fixture` and `mark`.
 *
 * ```ts
 * /// <reference types="jest-loop/globals" />
 * ```
 *
 * `@types/jest` sets two limits: a global hook with fixtures cannot be async, and `beforeAll`/`afterAll` look as if they
 * ran for one test. `test.beforeEach(async ({ db }) => { … })` and `import { beforeEach } from 'jest-loop'` have none.
 * See docs/typescript.md.
 */

import type * as jestLoop from '.';
import type {
  Available,
  DescribeFunction,
  DescribeOptions,
  Fixtures,
  TestModifiers,
  TestOptions,
  TestTools,
  Title,
} from './types';
import type { EachDescribe, EachFunction, EachTest, Placed, TemplateRow } from './types/each';
import type { LikeOptions } from './types/test';

/** The first parameter of a global test: fixtures by name, or Jest's `done`. */
type Given = Available<Fixtures> & jest.DoneCallback;
type GlobalFunction = EachFunction<[fixtures: Given]>;

declare global {
  /** Declares a fixture for the place where it stands. See docs/fixtures.md. */
  var fixture: typeof jestLoop.fixture;
  /** Statements for the enclosing describe block or, outside of any, the file. See docs/fixtures.md. */
  var mark: typeof jestLoop.mark;

  namespace jest {
    // The only way into the global hooks, whose own types are aliases.
    interface DoneCallback extends Omit<Available<Fixtures>, 'fail'> {}

    interface It extends TestModifiers, TestTools {
      (name: Title, fn: GlobalFunction | LikeOptions, timeout?: number): void;
      (name: Title, options: TestOptions, fn: GlobalFunction, timeout?: number): void;
    }

    // `describe.each` has the same type as `test.each`: `this` tells them apart.
    interface Each {
      <Row extends readonly [unknown, ...unknown[]]>(
        this: It,
        table: readonly Row[],
      ): EachTest<Placed<Row, Given>>;
      <Row extends readonly unknown[]>(this: It, table: readonly Row[]): EachTest<Row>;
      <Row>(this: It, table: readonly Row[]): EachTest<[Row, Given]>;
      <Row = TemplateRow>(
        this: It,
        strings: TemplateStringsArray,
        ...values: unknown[]
      ): EachTest<[Row, Given]>;
      <Row extends readonly [unknown, ...unknown[]]>(
        this: Describe,
        table: readonly Row[],
      ): EachDescribe<[...Row]>;
      <Row extends readonly unknown[]>(this: Describe, table: readonly Row[]): EachDescribe<Row>;
      <Row>(this: Describe, table: readonly Row[]): EachDescribe<[Row]>;
      <Row = TemplateRow>(
        this: Describe,
        strings: TemplateStringsArray,
        ...values: unknown[]
      ): EachDescribe<[Row]>;
    }

    interface Describe extends TestModifiers {
      (name: Title, options: DescribeOptions, fn: DescribeFunction): void;
    }
  }
}

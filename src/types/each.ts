import type { DescribeOptions, Fixtures, TestOptions } from '../types';
import type { Available } from './fixture';
import type { DescribeFunction, DoneCallback, TestContext, TestReturn, Title } from './test';

/**
 * `test.each`: a test per row of a table. The fixtures come after the row's values:
 *
 * ```ts
 * test.each([[1, 2], [3, 4]])('%i < %i', (a, b, { db }) => { … });
 * test.each([{ n: 1 }, { n: 2 }])('$n', ({ n }, { db }) => { … });
 * test.each`
 *   n    | text
 *   ${1} | ${'one'}
 * `('$n is $text', ({ n, text }, { db }) => { … });
 * ```
 *
 * Rows of a length that TypeScript does not know (`number[][]`, or rows of different lengths) leave the place of the
 * fixtures open: type them as tuples to request some. See docs/fixtures.md.
 */
export interface TestEach<F = Fixtures> {
  /** A test for each row of a table: its function gets the row's values, then the fixtures. See docs/fixtures.md. */
  <Row extends readonly [unknown, ...unknown[]]>(
    table: readonly Row[],
  ): EachTest<Placed<Row, DoneCallback<Available<F>>>, F>;
  /** A test for each row of a table: its function gets the row's values, then the fixtures. See docs/fixtures.md. */
  <Row extends readonly unknown[]>(table: readonly Row[]): EachTest<Row, F>;
  /** A test for each row of a table: its function gets the row's values, then the fixtures. See docs/fixtures.md. */
  <Row>(table: readonly Row[]): EachTest<[Row, DoneCallback<Available<F>>], F>;
  /** A test for each row of a table: its function gets the row's values, then the fixtures. See docs/fixtures.md. */
  <Row = TemplateRow>(
    strings: TemplateStringsArray,
    ...values: unknown[]
  ): EachTest<[Row, DoneCallback<Available<F>>], F>;
}

/** Declares the tests of a table, each with `Args` as its arguments. See docs/fixtures.md. */
export interface EachTest<Args extends readonly unknown[], F = Fixtures> {
  /** Declares a test for each row. `timeout` is in milliseconds. */
  (name: Title, fn: EachBody<Args, F>, timeout?: number): void;
  /** Declares a test with options for each row. `timeout` is in milliseconds. */
  (name: Title, options: TestOptions<F>, fn: EachFunction<Args>, timeout?: number): void;
}

/** The function of a table's tests. See docs/fixtures.md. */
export type EachFunction<Args extends readonly unknown[]> = (this: TestContext, ...args: Args) => TestReturn;

/** The same where it comes right after the title, see {@link TestBody}. */
export interface EachBody<Args extends readonly unknown[], F = Fixtures>
  extends EachFunction<Args>,
    TestOptions<F> {}

/** The arguments for rows of type `Row`: the fixtures come last, if all rows are known to be of one length. */
export type Placed<Row extends readonly unknown[], Fixtures> = number extends Row['length']
  ? [...Row]
  : IsUnion<Row['length']> extends true
    ? Row[number][]
    : [...Row, Fixtures];

/** Whether a type has several members. */
export type IsUnion<T, Whole = T> = [T] extends [never]
  ? false
  : T extends Whole
    ? [Whole] extends [T]
      ? false
      : true
    : never;

/** `describe.each`: a block per row of a table, as in Jest. See docs/fixtures.md. */
export interface DescribeEach<F = Fixtures> {
  /** A block for each row of a table: its function gets the row's values. See docs/fixtures.md. */
  <Row extends readonly [unknown, ...unknown[]]>(table: readonly Row[]): EachDescribe<[...Row], F>;
  /** A block for each row of a table: its function gets the row's values. See docs/fixtures.md. */
  <Row extends readonly unknown[]>(table: readonly Row[]): EachDescribe<Row, F>;
  /** A block for each row of a table: its function gets the row's values. See docs/fixtures.md. */
  <Row>(table: readonly Row[]): EachDescribe<[Row], F>;
  /** A block for each row of a table: its function gets the row's values. See docs/fixtures.md. */
  <Row = TemplateRow>(strings: TemplateStringsArray, ...values: unknown[]): EachDescribe<[Row], F>;
}

/** Declares the blocks of a table, each with `Args` as its arguments. See docs/fixtures.md. */
export interface EachDescribe<Args extends readonly unknown[], F = Fixtures> {
  /** Declares a block for each row. */
  (name: Title, fn: (...args: Args) => ReturnType<DescribeFunction>): void;
  /** Declares a block with options for its tests, for each row. */
  (name: Title, options: DescribeOptions<F>, fn: (...args: Args) => ReturnType<DescribeFunction>): void;
}

/** A row of the template form. Its columns differ in type, which a template cannot tell: `each<{ n: number }>` does. */
// biome-ignore lint/suspicious/noExplicitAny: see above; a record would refuse `({ n }: { n: number }) => …`
export type TemplateRow = any;

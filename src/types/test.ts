import type { DescribeOptions, Fixtures, Scope, TestOptions } from '../types';
import type { DescribeEach, TestEach } from './each';
import type { ExtendFunction, OverrideFunction } from './extend';
import type { Available } from './fixture';
import type { TestModifiers } from './markers';
import type { WiderThanTest } from './scopes';

/** What Jest takes as a title: a text, a number, or a function or class, whose name it is. See docs/fixtures.md. */
// biome-ignore lint/complexity/noBannedTypes: any function will do, it is not called
export type Title = string | number | Function;

/**
 * The first parameter of tests and hooks. A plain name is Jest's `done`, which ends the test or hook, as failed if it
 * is called with a reason. Destructured, it names fixtures: `({ db }) => …`. Both uses are typed, though each function
 * can make only one of them; without a type argument this is `done` alone. See docs/fixtures.md.
 */
export type DoneCallback<Seen = unknown> = Seen & Done;

/** The function `done`. See docs/fixtures.md. */
export interface Done {
  // biome-ignore lint/style/useShorthandFunctionType: errors show the name of an interface
  (reason?: string | Error): void;
}

/** `this` of a test and of its each-hooks: an object of the attempt's own, empty at first. See docs/fixtures.md. */
export type TestContext = Record<string, unknown>;

/**
 * What a test may return: nothing, a promise that is awaited, or a plain generator that Jest runs to its end.
 * See docs/fixtures.md.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: `undefined` alone would refuse functions without a return type
export type TestReturn = void | undefined | PromiseLike<unknown> | Generator<unknown, unknown, undefined>;

/** The function of a test. See docs/fixtures.md. */
export type TestFunction<F = Fixtures> = (
  this: TestContext,
  fixtures: DoneCallback<Available<F>>,
) => TestReturn;

/**
 * The same where it comes right after the title. TypeScript also tries that parameter on options, and keeps the types
 * that their functions get there. So it has their members: literals in `overrides` stay literals, and errors name
 * the wrong option. See docs/fixtures.md.
 */
export interface TestBody<F = Fixtures> extends TestFunction<F>, TestOptions<F> {}

/** Beside a function what {@link TestBody} is in one type, where an overload of Jest's own would fit that type better. */
export interface LikeOptions extends TestOptions {
  readonly call: never;
}

/** A way of declaring tests: `test.only`, `test.failing`, … Throws as Jest does. See docs/fixtures.md. */
export interface TestForm<F = Fixtures> extends TestModifiers<F> {
  /** Declares a test. `timeout` is in milliseconds. */
  (name: Title, fn: TestBody<F>, timeout?: number): void;
  /** Declares a test with options. */
  (name: Title, options: TestOptions<F>, fn: TestFunction<F>, timeout?: number): void;
  /** Declares a test for each row of a table. */
  readonly each: TestEach<F>;
}

/** A {@link TestForm} that can be combined with `failing`. See docs/fixtures.md. */
export interface FailableTest<F = Fixtures> extends TestForm<F> {
  /** Declares a test whose body has to fail. A failing fixture does not count: it fails the test. */
  readonly failing: TestForm<F>;
}

/** `test.concurrent`: tests that run side by side, each with its own fixtures. See docs/fixtures.md. */
export interface ConcurrentTest<F = Fixtures> extends FailableTest<F> {
  /** Runs, of this file, only the tests declared with `only`. */
  readonly only: FailableTest<F>;
  /** Does not run this test, and sets up nothing for it. */
  readonly skip: FailableTest<F>;
}

/**
 * `test` and `it`: Jest's, with fixtures. `F` is what its tests may request beside the built-ins.
 *
 * ```ts
 * test('saves', async ({ db }) => { … });
 * test('saves twice', { timeout: 500, overrides: { db: fake } }, async ({ db }) => { … });
 * test.each([[1, 2]])('%i < %i', (a, b, { db }) => { … });
 * test('is called back', done => { … });
 * ```
 *
 * See docs/fixtures.md.
 */
export interface TestAPI<F = Fixtures> extends FailableTest<F>, TestTools<F> {
  /** Runs, of this file, only the tests declared with `only`. */
  readonly only: FailableTest<F>;
  /** Does not run this test, and sets up nothing for it. */
  readonly skip: FailableTest<F>;
  /** Notes a test that is yet to be written. */
  todo(name: Title): void;
  /** Runs the tests declared with it side by side. */
  readonly concurrent: ConcurrentTest<F>;
}

/** What a {@link TestAPI} has besides ways of declaring tests. See docs/fixtures.md. */
export interface TestTools<F = Fixtures> {
  /** A new `test` that has more fixtures. */
  readonly extend: ExtendFunction<F>;
  /** Other definitions of fixtures that exist, for the enclosing describe block or file. */
  readonly override: OverrideFunction<F, this>;
  /** Jest's `describe`, with modifiers that know the fixtures of this `test`. */
  readonly describe: DescribeAPI<F>;
  /** Runs before each test of the enclosing block or file, with the test's own fixtures. */
  readonly beforeEach: HookAPI<F>;
  /** Runs after each test of the enclosing block or file, with the test's own fixtures. */
  readonly afterEach: HookAPI<F>;
  /** Runs once before the tests of the enclosing block or file. May request `describe` scope or wider. */
  readonly beforeAll: HookAPI<WiderThanTest<F>, 'describe' | 'file'>;
  /** Runs once after the tests of the enclosing block or file. May request `describe` scope or wider. */
  readonly afterAll: HookAPI<WiderThanTest<F>, 'describe' | 'file'>;
}

/**
 * `beforeEach` and its like: Jest's, with fixtures. An each-hook shares the instances of its test. `timeout` is in
 * milliseconds. See docs/fixtures.md.
 */
export type HookAPI<F = Fixtures, S extends Scope = 'test'> = (
  fn: (this: TestContext, fixtures: DoneCallback<Available<F, undefined, S>>) => unknown,
  timeout?: number,
) => void;

/** The function of a describe block: it declares, and returns nothing. See docs/fixtures.md. */
// biome-ignore lint/suspicious/noConfusingVoidType: see TestReturn; plain `void` would let a promise pass
export type DescribeFunction = () => void | undefined;

/** A way of declaring describe blocks: `describe.only`, … See docs/fixtures.md. */
export interface DescribeForm<F = Fixtures> extends TestModifiers<F> {
  /** Declares a block of tests. */
  (name: Title, fn: DescribeFunction): void;
  /** Declares a block with options for its tests. */
  (name: Title, options: DescribeOptions<F>, fn: DescribeFunction): void;
  /** Declares a block for each row of a table. */
  readonly each: DescribeEach<F>;
}

/**
 * `describe`: Jest's, with options and modifiers for all tests of the block.
 *
 * ```ts
 * describe('the queue', { loopScope: 'describe' }, () => { … });
 * describe.skip.catchLoopExceptions.each([[1, 2]])('%i and %i', (a, b) => { … });
 * ```
 *
 * See docs/errors.md.
 */
export interface DescribeAPI<F = Fixtures> extends DescribeForm<F> {
  /** Runs, of this file, only the blocks and tests declared with `only`. */
  readonly only: DescribeForm<F>;
  /** Does not run the tests of this block. */
  readonly skip: DescribeForm<F>;
}

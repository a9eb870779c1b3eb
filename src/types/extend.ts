import type { Executor } from '../loop';
import type { FixtureOptions, Fixtures, Request, Scope } from '../types';
import type {
  Available,
  Declarable,
  Definition,
  FixtureName,
  Gives,
  NotFunction,
  ValueIn,
  ValueOf,
  With,
  Without,
} from './fixture';
import type { Mistake, WiderThanTest } from './scopes';
import type { TestAPI } from './test';

/**
 * `test.extend`: a new `test` that has more fixtures, which other tests do not see. Of the same name as an inherited
 * one, it replaces that.
 *
 * ```ts
 * const withTodo = test.extend('todo', ({ db }) => db.newTodo());
 * const withTwo = test.extend<{ a: A; b: B }>({
 *   a: async ({}, use) => { const a = new A(); await use(a); await a.close(); },
 *   b: [new B(), { scope: 'file' }],
 * });
 * ```
 *
 * In the object form a function takes `(deps, use, request)` and awaits `use(value)`. Name the values' types as above;
 * else they are taken from plain values, from `use: Use<A>` and from a function that returns `use(value)`, and functions
 * see the inherited fixtures only.
 *
 * Throws as {@link FixtureFunction} does. See docs/fixtures.md.
 */
export interface ExtendFunction<F = Fixtures> {
  // `Added` is `never` unless it is named, which no object fits; naming types rules out the next overload, of three.
  // Playwright names two: the fixtures of tests, and those of workers.
  /**
   * A new `test` that has more fixtures, which other tests do not see: by name a value, a function that awaits
   * `use(value)`, or `[either, options]`. See docs/fixtures.md.
   */
  <Added extends object = never, Wider extends object = Added>(
    fixtures: Definitions<NoInfer<Both<Added, Wider>>, F>,
  ): TestAPI<With<F, Both<Added, Wider>>>;
  /**
   * A new `test` that has more fixtures, which other tests do not see: by name a value, a function that awaits
   * `use(value)`, or `[either, options]`. See docs/fixtures.md.
   */
  <Defined extends Readonly<Record<string, Inferable<F>>>, _Two, _Three>(
    fixtures: Defined,
  ): TestAPI<With<F, { [Name in keyof Inferred<Defined>]: Inferred<Defined>[Name] }>>;
  /**
   * A new `test` that has one more fixture, which other tests do not see: its value, or a function `(deps, request)` that
   * returns or yields it. See docs/fixtures.md.
   */
  <const Name extends string, Result>(
    name: Declarable<Name, Result>,
    definition: Definition<Result, Available<F>, Request<undefined, 'test', F>>,
  ): TestAPI<With<F, Named<F, Name, ValueOf<Result>, 'test'>>>;
  /**
   * A new `test` that has one more fixture with options, which other tests do not see: its value, or a function
   * `(deps, request)` that returns or yields it. See docs/fixtures.md.
   */
  <const Name extends string, Result, Param = undefined, S extends Scope = 'test'>(
    name: Declarable<Name, Result>,
    options: FixtureOptions<Param, S>,
    definition: Definition<Result, Available<LongEnough<F, S>, Param, S>, Request<Param, S, F>>,
  ): TestAPI<With<F, Named<F, Name, ValueOf<Result>, S>>>;
}

/**
 * `test.override`: another definition of fixtures that exist, for the tests of the enclosing describe block or file.
 * Returns the same `test`.
 *
 * Throws if there is nothing of that name to override, and as {@link FixtureFunction} does. See docs/fixtures.md.
 */
export interface OverrideFunction<F = Fixtures, Self = TestAPI<F>> {
  /**
   * Other definitions of fixtures that exist, for the tests of the enclosing describe block or file: by name a value, a
   * function that awaits `use(value)`, or `[either, options]`. Returns the same `test`. See docs/fixtures.md.
   */
  (fixtures: { [Name in FixtureName<F>]?: ObjectDefinition<ValueIn<F, Name>, F> }): Self;
  /**
   * Another definition of a fixture that exists, for the tests of the enclosing describe block or file: its value, or a
   * function `(deps, request)` that returns or yields it. Returns the same `test`. See docs/fixtures.md.
   */
  <Name extends FixtureName<F>>(name: Name, definition: Override<ValueIn<F, Name>, F>): Self;
  /**
   * Another definition, with options, of a fixture that exists, for the tests of the enclosing describe block or file: its
   * value, or a function `(deps, request)` that returns or yields it. Returns the same `test`. See docs/fixtures.md.
   */
  <Name extends FixtureName<F>, Param = undefined, S extends Scope = 'test'>(
    name: Name,
    options: FixtureOptions<Param, S>,
    definition: Override<ValueIn<F, Name>, LongEnough<F, S>, Param, S>,
  ): Self;
}

/** What of `F` a fixture of scope `S` may depend on, as far as `F` tells. */
export type LongEnough<F, S extends Scope> = 'test' extends S ? F : WiderThanTest<F>;

/** The members of both; the second is the first where it is not named. */
export type Both<A, B> = [A] extends [B] ? ([B] extends [A] ? A : A & B) : A & B;

/** A fixture's new value, or a function `(deps, request)` that makes it. See docs/fixtures.md. */
export type Override<Value, F = Fixtures, Param = undefined, S extends Scope = 'test'> =
  | NotFunction<Value>
  | ((deps: Available<F, Param, S>, request: Request<Param, S, F>) => Gives<Overriding<Value>>);

/** An executor may be overridden with a class of such as well, which is called with `threadPoolSize`. */
type Overriding<Value> = [Value, Executor] extends [Executor, Value]
  ? Value | (new (size: number) => Executor)
  : Value;

/** New values by name, or functions that make them. See docs/fixtures.md. */
export type Overrides<F = Fixtures> = { [Name in FixtureName<F>]?: Override<ValueIn<F, Name>, F> };

/** Hands the object form's value over; the promise is settled when the fixture is to be torn down. See docs/fixtures.md. */
export type Use<Value> = (value: Value) => Promise<void>;

/** A function of the object form: sets up, awaits `use(value)`, tears down. See docs/fixtures.md. */
export type UseFunction<Value, F = Fixtures, Param = undefined, S extends Scope = 'test'> = (
  deps: Available<F, Param, S>,
  use: Use<Value>,
  request: Request<Param, S, F>,
) => void | PromiseLike<void>;

/** One entry of the object form: a value, a {@link UseFunction}, or either with options. */
export type ObjectDefinition<Value, F = Fixtures> =
  | NotFunction<Value>
  | UseFunction<Value, F>
  | readonly [NotFunction<Value> | UseFunction<Value, F, unknown, Scope>, FixtureOptions];

/**
 * The object form for values of known types: functions see the inherited fixtures and each other. One that replaces an
 * inherited fixture, perhaps by another type, sees that one.
 */
export type Definitions<Added, F> = {
  [Name in keyof Added]: ObjectDefinition<
    Added[Name],
    Name extends keyof F ? With<F, Omit<Added, Name>> : With<F, Added>
  >;
} & {
  [Name in Exclude<FixtureName<F>, keyof Added>]?: ObjectDefinition<ValueIn<F, Name>, With<F, Added>>;
};

/**
 * A fixture by its name, `readonly` if its scope is `'test'`, as in `FixturesOf`; one that it overrides may be wider.
 * See docs/typescript.md.
 */
export type Named<F, Name extends string, Value, S extends Scope> = 'test' extends S
  ? Name extends keyof WiderThanTest<F>
    ? Record<Name, Value>
    : Readonly<Record<Name, Value>>
  : Record<Name, Value>;

/** One entry of the object form whose value's type is inferred. */
export type Inferable<F> =
  | Plain
  | InferableFunction<F>
  | readonly [Plain | InferableFunction<F, unknown, Scope>, FixtureOptions];

/** A {@link UseFunction} whose `use`, where it has no type, tells by what it returns what it was called with. */
export type InferableFunction<F, Param = undefined, S extends Scope = 'test'> = (
  deps: Without<Siblings, Available<F, Param, S>>,
  use: UntypedUse,
  request: Request<Param, S, F>,
) => void | PromiseLike<void>;

/** Shown for a function that requests another fixture of its object. */
export type Siblings =
  'fixtures of the same object: name the types, `test.extend<{ … }>(…)`, or extend twice';

/** The type of a `use` that the function gives none. */
export type UntypedUse = <Value>(value: Value) => Promise<Used<Value>>;

/** Nothing, for which `use` was called with a `Value`. */
// biome-ignore lint/suspicious/noConfusingVoidType: `undefined` with members is no type
export type Used<Value> = void & { readonly [used]?: Value };

declare const used: unique symbol;

/** The fixtures of an object whose types are inferred: `readonly` but for those with a wider scope. */
export type Inferred<Defined> = {
  [Name in keyof With<Readonly<Defined>, Pick<Defined, Wider<Defined>>>]: Name extends keyof Defined
    ? InferredValue<Defined[Name]>
    : never;
};

type Wider<Defined> = {
  [Name in keyof Defined]: Defined[Name] extends readonly [unknown, { readonly scope: infer S }]
    ? 'test' extends S
      ? never
      : Name
    : never;
}[keyof Defined];

/** Anything but a function, and but an array that starts with one, which is a definition with bad options. */
export type Plain = NotCallable | Readonly<Record<string, unknown>> | null | undefined;

/** What all values but `null` and `undefined` have, functions excepted. */
export interface NotCallable {
  readonly 0?: Plain;
  readonly call?: never;
  valueOf(): unknown;
}

/** The type of the value that an entry of the object form gives. */
export type InferredValue<Entry> = Entry extends readonly [infer Defined, FixtureOptions]
  ? InferredValue<Defined>
  : Entry extends (deps: never, use: infer Given, request: never) => infer Result
    ? Given extends UntypedUse
      ? UsedBy<Result>
      : Given extends Use<infer Value>
        ? Value
        : Mistake<Untyped>
    : Entry extends readonly unknown[]
      ? Entry[number][]
      : Entry;

/** The type of a value from what its function returns. */
export type UsedBy<Result> = [Result] extends [PromiseLike<Used<infer Value>>] ? Value : Mistake<Untyped>;

/** Shown for the value of a function that neither types `use` nor returns what it returns. */
export type Untyped = 'the type of this value is not known: write `use: Use<…>`, or `test.extend<{ … }>(…)`';

/**
 * `mergeTests(a, b, …)`: a `test` with the fixtures of all. Of two with the same name the later one is taken.
 *
 * Throws on anything that is not a `test`. See docs/fixtures.md.
 */
export type MergeTests = <Merged extends readonly [unknown, ...unknown[]]>(
  ...tests: { [Index in keyof Merged]: TestAPI<Merged[Index]> }
) => TestAPI<All<Merged>>;

/** The fixtures of all members of a tuple: of two with the same name the later one, unless that is the project's. */
export type All<Tuple extends readonly unknown[], First = unknown> = Tuple extends readonly [
  infer Next,
  ...infer Rest,
]
  ? All<Rest, Merge<First, Next>>
  : First;

type Merge<A, B> = unknown extends A
  ? B
  : [Differing<A, B>] extends [never]
    ? A & B
    : Omit<A, Exclude<Differing<A, B>, OfProject<B>>> & Omit<B, Differing<A, B> & OfProject<B>>;

/** The names that have different types in both. */
type Differing<A, B> = { [K in keyof A & keyof B]: Same<A[K], B[K]> extends true ? never : K }[keyof A &
  keyof B];

/** The names that have the types which the project declares. */
type OfProject<B> = {
  [K in keyof B & keyof Fixtures]: Same<B[K], Fixtures[K]> extends true ? K : never;
}[keyof B & keyof Fixtures];

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

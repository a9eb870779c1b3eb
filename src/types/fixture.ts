import type { FixtureOptions, Request, Scope } from '../types';
import type { BuiltIns } from './built-ins';
import type { Mistake } from './scopes';

/**
 * Declares a fixture for the place where it stands: a setup file, a `jest.fixtures` file, a test file, a describe
 * block. Returns a {@link FixtureSet}, which declares further ones.
 *
 * ```ts
 * fixture('port', 8080)
 *   .fixture('user', ({ port }, { test }) => ({ name: test.name, port }))
 *   .fixture('server', { scope: 'file' }, async function* () {
 *     const server = await startServer();
 *     yield server;
 *     await server.close();
 *   });
 * ```
 *
 * A definition that is not a function is the value. A function is called with what it depends on, by name, and a
 * {@link Request}. What it returns, awaited, is the value; of a generator function it is the first `yield`, and the
 * rest is the teardown.
 *
 * Typed are the built-ins and the earlier links of this chain that live long enough. For other fixtures, continue the
 * set that has them (`others.fixture(…)`) or annotate the parameter: `({ db }: { db: Db }) => …`, or `{ db }: Fixtures`
 * where the set is not itself part of {@link Fixtures}.
 *
 * Throws on the name `request`, on a bad option, and while tests run. `L` holds the links so far.
 * See docs/fixtures.md.
 */
export interface FixtureFunction<L extends Links = NoLinks> {
  /**
   * Declares a fixture for the place where it stands: its value, or a function `(deps, request)` that returns or yields it.
   * Returns the set that has it, for further ones. See docs/fixtures.md.
   */
  <const Name extends string, Result, S extends Scope = ScopeIn<L, Name>, Asked = Needed<L, undefined, S>>(
    name: Declarable<Name, Result>,
    definition: Definition<Result, Checked<Asked, L, S>, Request<undefined, S, ValuesAt<L, S>>>,
  ): FixtureSet<Put<L, Name, Link<ValueOf<Result>, S>>>;
  /**
   * Declares a fixture with options for the place where it stands: its value, or a function `(deps, request)` that returns
   * or yields it. Returns the set that has it, for further ones. See docs/fixtures.md.
   */
  <
    const Name extends string,
    Result,
    Param = undefined,
    S extends Scope = ScopeIn<L, Name>,
    Asked = Needed<L, Param, S>,
  >(
    name: Declarable<Name, Result>,
    options: FixtureOptions<Param, S>,
    definition: Definition<Result, Checked<Asked, L, S>, Request<Param, S, ValuesAt<L, S>>>,
  ): FixtureSet<Put<L, Name, Link<ValueOf<Result>, S>>>;
}

/**
 * What `fixture(...)` returns: the fixtures declared so far, ready to declare the next.
 * `L` holds the links so far; {@link FixturesOf} gives their values. See docs/fixtures.md.
 */
export interface FixtureSet<L extends Links = Links> {
  /** Declares one more fixture, which sees those of this set. */
  readonly fixture: FixtureFunction<L>;
  /** For the type checker alone: there is no such property. */
  readonly [links]: L;
}

declare const links: unique symbol;

/**
 * The names that a {@link FixtureSet} declares, with the types of their values. Those of `test` scope are `readonly`: by
 * that `beforeAll` and `afterAll` know what they cannot request. See docs/typescript.md.
 */
export type FixturesOf<Set extends Pick<FixtureSet, typeof links>> = ValuesOf<Set[typeof links]>;

/** One link of a chain: the type of a fixture's value, and its scope. See docs/fixtures.md. */
export interface Link<Value = unknown, S extends Scope = Scope> {
  /** The value that requesters get. */
  readonly value: Value;
  /** How long it lives. */
  readonly scope: S;
}

/** The links of a chain by name. See docs/fixtures.md. */
export type Links = Readonly<Record<string, Link>>;

/** A chain without links. See docs/fixtures.md. */
export type NoLinks = Record<never, never>;

/**
 * A chain `L` after declaring `Name` once more. A name that is not a literal adds nothing. One object type, so that hovers
 * list the links.
 */
export type Put<L extends Links, Name extends string, Added extends Link> = string extends Name
  ? L
  : { [K in keyof L | Name]: K extends Name ? Added : L[K] };

/** The values of all links, `readonly` where the scope is `'test'`. */
export type ValuesOf<L extends Links> = Values<Readonly<Pick<L, TestScoped<L>>> & Omit<L, TestScoped<L>>>;

/** Keeps what is `readonly`. */
type Values<L> = { [K in keyof L]: L[K] extends Link<infer Value> ? Value : never };

type TestScoped<L extends Links> = {
  [K in keyof L]: 'test' extends L[K]['scope'] ? K : never;
}[keyof L];

/**
 * The values of the links that scope `S` may depend on. The condition makes errors show them one by one, and not this
 * type with all of its links. See docs/fixtures.md.
 */
export type ValuesAt<L extends Links, S extends Scope> = L extends infer All extends Links
  ? { [K in keyof All as All[K]['scope'] extends SameOrWider[S] ? K : never]: All[K]['value'] }
  : never;

/** For each scope, those that its fixtures may depend on. */
export interface SameOrWider {
  test: 'test' | SameOrWider['describe'];
  describe: 'describe' | SameOrWider['file'];
  file: 'file' | SameOrWider['directory'];
  directory: 'directory' | SameOrWider['worker'];
  worker: 'worker' | SameOrWider['session'];
  session: 'session';
}

/** The scope of a fixture that does not say: that of the one it overrides, else `'test'`. */
export type ScopeIn<L extends Links, Name extends string> = Name extends keyof L ? L[Name]['scope'] : 'test';

/** What a link of scope `S` sees. */
export type Needed<L extends Links, Param, S extends Scope> = L[keyof L]['scope'] extends SameOrWider[S]
  ? Available<ValuesAt<L, S>, Param, S>
  : Without<
      // A named type would be shown by its name.
      { [K in keyof L & string]: TooNarrow<L, K, S> }[keyof L & string],
      Available<ValuesAt<L, S>, Param, S>
    >;

/** The mistake of a link whose scope is too narrow for scope `S`; `never` if it is not. */
export type TooNarrow<
  L extends Links,
  Name extends keyof L & string,
  S extends Scope,
> = L[Name]['scope'] extends SameOrWider[S]
  ? never
  : `fixture "${Name}" has scope "${L[Name]['scope']}", which is narrower than "${S}"`;

/** What a link sees. Errors show this type by its name, so the first argument says what it does not see, and why. */
export type Without<_Why extends string, Seen> = { [K in keyof Seen]: Seen[K] };

/** An annotation of the first parameter, unless it contradicts the chain: then what the chain says. */
export type Checked<Asked, L extends Links, S extends Scope> =
  Asked extends Known<Asked, L, S> ? Asked : Known<Asked, L, S>;

/** Of the names in `Asked` those of the chain, as a link of scope `S` has them. */
export type Known<Asked, L extends Links, S extends Scope> = {
  [K in keyof Asked & keyof L]: K extends keyof ValuesAt<L, S>
    ? L[K]['value']
    : Mistake<TooNarrow<L, K & string, S>>;
};

/** A fixture's value, or the function that makes it. */
export type Definition<Result, Asked, R> = NotFunction<Result> | ((deps: Asked, request: R) => Result);

/** The value of a fixture whose function returns `Result`. A generator is taken for what a generator function returns. */
export type ValueOf<Result> =
  Result extends Generator<infer Yielded, unknown, never>
    ? Awaited<Yielded>
    : Result extends AsyncGenerator<infer Yielded, unknown, never>
      ? Awaited<Yielded>
      : Awaited<Result>;

/** What a function may return to give a fixture the value `Value`. */
export type Gives<Value> =
  | Value
  | PromiseLike<Value>
  | Generator<Value | PromiseLike<Value>, unknown, undefined>
  | AsyncGenerator<Value, unknown, undefined>;

/**
 * `Name`, unless no fixture can have it; that of a built-in needs a value of its type. While TypeScript does not know
 * `Result` yet, it is `unknown`.
 */
export type Declarable<Name extends string, Result = unknown> = Name extends 'request'
  ? Mistake<'"request" is built in: no other fixture can have this name'>
  : Name extends keyof BuiltIns
    ? unknown extends Result
      ? Name
      : ValueOf<Result> extends BuiltIns[Name]
        ? Name
        : Mistake<`"${Name}" is built in: a fixture of this name gives a value of the same type`>
    : Name;

/** `Value` without functions and classes: a function is never a fixture's value but makes it. */
// biome-ignore lint/complexity/noBannedTypes: exactly what `typeof value === 'function'` tells
export type NotFunction<Value> = Value extends Function ? never : Value;

/** All that a requester with the fixtures `F` may request: these and the built-ins. See docs/fixtures.md. */
export type Available<F = unknown, Param = undefined, S extends Scope = 'test'> = With<
  BuiltIns<Param, S, F>,
  F
>;

/** The names of the fixtures `F` and the built-ins that can be set up and overridden. See docs/fixtures.md. */
export type FixtureName<F = unknown> = Exclude<(keyof F | keyof BuiltIns) & string, 'request'>;

/** The value of one of them. */
export type ValueIn<F, Name extends FixtureName<F>> = Name extends keyof Available<F>
  ? Available<F>[Name]
  : never;

/** `A` and `B`, whose members win, and which errors show first: they are of the user's own. See docs/typescript.md. */
export type With<A, B> = keyof A & keyof B extends never ? B & A : B & Omit<A, keyof B>;

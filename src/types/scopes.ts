/** Takes the place of a value that cannot be had; `Why` is shown by the type checker. See docs/typescript.md. */
export interface Mistake<Why extends string> {
  /** What is wrong, and how to fix it. */
  readonly mistake: Why;
}

/**
 * The fixtures `F` but for those of `test` scope, which `FixturesOf` makes `readonly`: what `beforeAll` and
 * `afterAll` may request. See docs/typescript.md.
 */
export type WiderThanTest<F> = {
  [K in keyof F as IsReadonly<F, K> extends true ? never : K]: F[K];
};

/** Whether `Name` is a `readonly` member of `F`. */
export type IsReadonly<F, Name extends keyof F> =
  (<T>() => T extends Pick<F, Name> ? 1 : 2) extends <T>() => T extends Writable<Pick<F, Name>> ? 1 : 2
    ? false
    : true;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

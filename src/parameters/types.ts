/** Any function, of any realm: read for its source only, never called. */
// biome-ignore lint/complexity/noBannedTypes: no narrower type takes classes and mocks alike
export type AnyFunction = Function;

/** One name that a function requests. */
export interface RequestedName {
  readonly name: string;
  /** It has a default: `{ a = 1 }`. */
  readonly optional: boolean;
}

/** A compiler that is known to have written a form of source. */
export type Compiler = 'babel' | 'swc' | 'typescript' | 'esbuild';

/** What a function's source says about one of its parameters. */
export type Parameters =
  /** No such parameter, or nothing destructured there and nothing that looks like it. */
  | { readonly kind: 'none' }
  /** A plain identifier: Jest's `done` on a test or a hook, nothing on a fixture. */
  | { readonly kind: 'identifier'; readonly name: string }
  /** Destructured names, perhaps none of them: `({}) =>`. */
  | { readonly kind: 'names'; readonly names: readonly RequestedName[] }
  /** `{ a, ...rest }` or `(...args)`, whose names are unknown. */
  | { readonly kind: 'rest'; readonly text: string; readonly names: readonly RequestedName[] }
  /** `{ [key]: x }` with a key that is not a string. `names` are the others, here as there. */
  | { readonly kind: 'computed'; readonly text: string; readonly names: readonly RequestedName[] }
  /** Another pattern, such as `([a]) =>`. */
  | { readonly kind: 'pattern'; readonly text: string }
  /**
   * The names were compiled away. `shell`: the function only forwards to another one in a closure;
   * `lowered`: compiled to ES5; `native`: bound or native; `unreadable`: its source cannot be parsed or follows no
   * known form.
   */
  | {
      readonly kind: 'gone';
      readonly reason: 'shell' | 'lowered' | 'native' | 'unreadable';
      readonly text: string;
      readonly compiler: Compiler | undefined;
    };

type Gone = Extract<Parameters, { kind: 'gone' }>;

/** Names that cannot be read; the caller at the end adds the source's text. */
export function gone(reason: Gone['reason'], compiler: Compiler | undefined): Gone {
  return { kind: 'gone', reason, text: '', compiler };
}

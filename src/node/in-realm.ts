/*
 * Each realm has its own `Promise` and `JSON`, which user code may replace. Their functions are captured when the first
 * code of this package is loaded in a realm; bundles that are loaded there later find them here.
 */

const KEY = Symbol.for('jest-loop.realm');

type Captured = Record<string, unknown>;

const realm = globalThis as unknown as Record<symbol, Captured | undefined>;
if (realm[KEY] === undefined)
  Object.defineProperty(realm, KEY, { value: Object.create(null), configurable: true });

/** The result of `make` in this realm, from the first call. */
export function inRealm<T>(name: string, make: () => T): T {
  const captured = realm[KEY]!;
  captured[name] ??= make();
  return captured[name] as T;
}

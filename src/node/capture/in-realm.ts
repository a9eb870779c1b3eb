/*
 * Each realm has its own `Promise` and `JSON`, which user code may replace. Their functions are captured when the first
 * code of this package is loaded in a realm; bundles that are loaded there later find them here.
 */

const KEY = Symbol.for('jest-loop.realm');

type Captured = Record<string, unknown>;

const realm = globalThis as unknown as Record<symbol, Captured | undefined>;
if (realm[KEY] === undefined) {
  const captured = Object.create(null) as Captured;
  // By a getter: Jest takes the members away from values that it finds on the global of a file that is over.
  Object.defineProperty(realm, KEY, { get: () => captured, configurable: true });
}

/** The result of `make` in this realm, from the first call. */
export function inRealm<T>(name: string, make: () => T): T {
  const captured = realm[KEY]!;
  captured[name] ??= make();
  return captured[name] as T;
}

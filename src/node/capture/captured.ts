/*
 * Jest gives test files the same module objects of Node that this package uses: `jest.spyOn(fs, 'readFileSync')` would
 * replace our function, too. So the package captures Node's functions once, when the first test environment is made,
 * and finds them here from then on: in sandboxes too, and in bundles loaded later.
 */

/** The key of the captured functions in each realm. */
export const CAPTURED = Symbol.for('jest-loop.node');

type Taken = Record<string, Record<PropertyKey, unknown>>;

const realm = globalThis as unknown as Record<symbol, Taken | undefined>;
if (realm[CAPTURED] === undefined)
  Object.defineProperty(realm, CAPTURED, { value: Object.create(null), configurable: true });

/** Members of one of Node's modules, as they were on first use. */
export function captured<M extends object, K extends keyof M>(
  name: string,
  load: () => M,
  ...keys: readonly K[]
): Pick<M, K> {
  const all = realm[CAPTURED]!;
  all[name] ??= Object.create(null) as Record<PropertyKey, unknown>;
  const found = all[name];
  if (keys.some(key => !(key in found))) {
    const module = load();
    // Another copy of this package may have captured others.
    for (const key of keys) if (!(key in found)) found[key] = module[key];
  }
  return found as Pick<M, K>;
}

/** A namespace of functions, such as `util.types`, as it was on first use. */
export function capturedCopy<T extends object>(name: string, load: () => T): Readonly<T> {
  return captured(name, () => ({ copy: Object.freeze({ ...load() }) }), 'copy').copy;
}

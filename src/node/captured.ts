/*
 * Jest gives test files the very module objects of Node that this package uses: `jest.spyOn(fs, 'readFileSync')` puts
 * its function where ours would be looked up as well. What is called of Node is therefore taken once, when the first
 * test environment is made, and looked up here ever after: in the sandboxes too, and in bundles that are loaded late.
 */

/** Under which each realm finds what was taken. */
export const CAPTURED = Symbol.for('jest-loop.node');

type Taken = Record<string, Record<PropertyKey, unknown>>;

const realm = globalThis as unknown as Record<symbol, Taken | undefined>;
if (realm[CAPTURED] === undefined)
  Object.defineProperty(realm, CAPTURED, { value: Object.create(null), configurable: true });

/** Members of a module of Node, as they were when the first asked for them. */
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
    // Another copy of this package may have taken others.
    for (const key of keys) if (!(key in found)) found[key] = module[key];
  }
  return found as Pick<M, K>;
}

/** A namespace of functions, such as `util.types`, as it was when the first asked for it. */
export function capturedCopy<T extends object>(name: string, load: () => T): Readonly<T> {
  return captured(name, () => ({ copy: Object.freeze({ ...load() }) }), 'copy').copy;
}

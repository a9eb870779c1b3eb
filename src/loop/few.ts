/** None, one or several objects of a class: mostly one, and a Set for each of a million of them is too much. */
export type Few<T extends object> = T | Set<T> | undefined;

/** With one more. */
export function plus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === undefined) return item;
  if (few instanceof Set) return few.add(item);
  return new Set([few, item]);
}

/** With one less. */
export function minus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === item) return undefined;
  if (few instanceof Set) few.delete(item);
  return few instanceof Set && few.size === 0 ? undefined : few;
}

/** All of them, as they are now. */
export function listOf<T extends object>(few: Few<T>): T[] {
  if (few === undefined) return [];
  return few instanceof Set ? [...few] : [few];
}

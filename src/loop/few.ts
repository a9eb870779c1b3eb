import { types } from '../node/util';

/** None, one or several objects of a class: mostly one, and a Set for each of a million of them is too much. */
export type Few<T extends object> = T | Set<T> | undefined;

/** Of whatever realm: what a task in the sandbox waits for may have been added outside of it. */
const isSet: <T extends object>(few: Few<T>) => few is Set<T> = types.isSet as never;

/** With one more. */
export function plus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === undefined) return item;
  if (isSet(few)) return few.add(item);
  return new Set([few, item]);
}

/** With one less. */
export function minus<T extends object>(few: Few<T>, item: T): Few<T> {
  if (few === item) return undefined;
  if (!isSet(few)) return few;
  few.delete(item);
  return few.size === 0 ? undefined : few;
}

/** All of them, as they are now. */
export function listOf<T extends object>(few: Few<T>): T[] {
  if (few === undefined) return [];
  return isSet(few) ? [...few] : [few];
}

import { types } from '../../node/util';

/** None, one or several objects: mostly one, and a Set each would cost too much for a million. */
export type Few<T extends object> = T | Set<T> | undefined;

/** Of any realm: a wait of a sandbox's task may be added outside the sandbox. */
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

import * as buffer from '../../node/buffer';
import { types } from '../../node/util';

/** The global object of another realm, or something with its intrinsics: `Object`, `Map`, `TypeError`, … */
export type RealmGlobal = object;

/**
 * Moves a fresh copy of plain data to another realm: all its objects get that realm's prototypes, so that `instanceof`
 * and `toStrictEqual` hold. Changes it in place and returns it; leaves alone what the other realm lacks or shares.
 */
export function adopt<T>(value: T, realm: RealmGlobal): T {
  const prototypes = new Map<object, object>();
  const seen = new Set<unknown>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    hold(waiting, next);
    const own = Object.getPrototypeOf(next) as object | null;
    if (own === null) continue;
    let theirs = prototypes.get(own);
    if (theirs === undefined) {
      theirs = prototypeIn(realm, own);
      prototypes.set(own, theirs);
    }
    if (theirs !== own) Object.setPrototypeOf(next, theirs);
  }
  return value;
}

/** The prototype of the same name. */
function prototypeIn(realm: RealmGlobal, own: object): object {
  const maker: unknown = Object.getOwnPropertyDescriptor(own, 'constructor')?.value;
  if (typeof maker !== 'function') return own;
  const theirs: unknown = Reflect.get(realm, maker.name);
  if (typeof theirs !== 'function') return own;
  return theirs.prototype as object;
}

/** Adds the values in an object to a list. */
function hold(list: unknown[], object: object): void {
  if (types.isMap(object))
    Reflect.apply(Map.prototype.forEach, object, [(value: unknown, key: unknown) => list.push(key, value)]);
  else if (types.isSet(object))
    Reflect.apply(Set.prototype.forEach, object, [(value: unknown) => list.push(value)]);
  else if (ArrayBuffer.isView(object)) {
    // A Buffer shares its memory with others.
    if (!buffer.isBuffer(object)) list.push(object.buffer);
  }
  // The cause of an error, and the errors of one that has several, are not enumerable.
  else if (types.isNativeError(object))
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(object))) list.push(value);
  else if (!types.isBoxedPrimitive(object)) for (const value of Object.values(object)) list.push(value);
}

import * as json from '../node/json';
import { types } from '../node/util';

/** A step from an object to something that it holds. */
export type Part =
  | { readonly step: string; readonly value: unknown }
  /** It cannot be had. */
  | { readonly step: string; readonly problem: string };

/** What is copied together with an object. */
export function* partsOf(object: object): Generator<Part> {
  if (types.isProxy(object)) return;
  if (types.isMap(object)) yield* entriesOf(object);
  else if (types.isSet(object)) yield* membersOf(object);
  else if (types.isNativeError(object)) yield* causeOf(object);
  else if (!isLeaf(object)) yield* propertiesOf(object);
}

/** Of these nothing is copied but themselves. */
function isLeaf(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value)
  );
}

/*
 * Methods are taken from this realm, and not from the object: it may have its own.
 */

function* entriesOf(map: object): Generator<Part> {
  let index = 0;
  for (const [key, value] of Reflect.apply(Map.prototype.entries, map, []) as Iterable<[unknown, unknown]>) {
    yield { step: `.keys()[${index}]`, value: key };
    yield { step: isShort(key) ? `.get(${shown(key)})` : `.values()[${index}]`, value };
    index += 1;
  }
}

function* membersOf(set: object): Generator<Part> {
  let index = 0;
  for (const value of Reflect.apply(Set.prototype.values, set, []) as Iterable<unknown>) {
    yield { step: `.values()[${index}]`, value };
    index += 1;
  }
}

function* causeOf(error: object): Generator<Part> {
  const own = Object.getOwnPropertyDescriptor(error, 'cause');
  if (own !== undefined && 'value' in own) yield { step: '.cause', value: own.value };
}

function* propertiesOf(object: object): Generator<Part> {
  const list = Array.isArray(object);
  for (const key of Object.keys(object)) {
    const step = list && /^\d+$/.test(key) ? `[${key}]` : stepTo(key);
    let value: unknown;
    try {
      value = Reflect.get(object, key);
    } catch (error) {
      yield { step, problem: `a getter that throws (${textOf(error)})` };
      continue;
    }
    yield { step, value };
  }
}

const stepTo = (key: string): string =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${json.stringify(key)}]`;

const isShort = (key: unknown): boolean =>
  typeof key === 'string' ? key.length <= 80 : typeof key !== 'object' && typeof key !== 'function';

const shown = (key: unknown): string =>
  typeof key === 'string' ? json.stringify(key) : `${String(key)}${typeof key === 'bigint' ? 'n' : ''}`;

function textOf(error: unknown): string {
  try {
    return String(error).split('\n')[0]!;
  } catch {
    return 'a value that cannot be shown';
  }
}

import { types } from '../../node/util';
import { type Culprit, kindOf, named, partsOf } from './kinds';

/** The most objects to try one by one. */
const MANY = 2000;
/** The most characters of a path. */
const LONG = 200;

/** The fault of one value, apart from its contents; undefined for none. */
type Judge = (value: unknown) => string | undefined;

/** The first part of a value that cannot be copied. */
export function findCulprit(value: unknown): Culprit | undefined {
  return walk(value, kindOf) ?? (isRefused(value) ? findByTrying(value) : undefined);
}

/** The first part of a copy that is more than plain data, and would lose its nature on the way. */
export function findForeign(copy: unknown): Culprit | undefined {
  return walk(copy, value => (isPlain(value) ? undefined : named(value)));
}

function walk(value: unknown, judge: Judge): Culprit | undefined {
  const seen = new Set<unknown>();
  const waiting: { readonly path: string; readonly value: unknown }[] = [{ path: 'value', value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path } = next;
    const what = judge(next.value);
    if (what !== undefined) return { path: shown(path), what };
    if (!isObject(next.value) || seen.has(next.value)) continue;
    seen.add(next.value);
    const parts = [];
    for (const part of partsOf(next.value)) {
      if ('problem' in part) return { path: shown(path + part.step), what: part.problem };
      // Most values are numbers and strings.
      if (isObject(part.value) || typeof part.value === 'symbol')
        parts.push({ path: path + part.step, value: part.value });
    }
    waiting.push(...parts.reverse());
  }
  return undefined;
}

/** A refused value of no known kind: the object that is refused, though nothing in it is. */
function findByTrying(value: unknown): Culprit {
  const paths = new Map<unknown, string>([[value, 'value']]);
  for (const [owner, path] of paths)
    for (const part of partsOf(owner as object))
      if ('value' in part && isObject(part.value) && !paths.has(part.value) && paths.size < MANY)
        paths.set(part.value, path + part.step);
  const refused = new Set([...paths.keys()].filter(isRefused));
  const holds = (owner: unknown): boolean => {
    for (const part of partsOf(owner as object))
      if ('value' in part && part.value !== owner && refused.has(part.value)) return true;
    return false;
  };
  const found = [...refused].find(each => !holds(each)) ?? value;
  return { path: shown(paths.get(found)!), what: named(found) };
}

function isRefused(value: unknown): boolean {
  try {
    structuredClone(value);
    return false;
  } catch (error) {
    // Too deep or too large: no part is at fault.
    return Object(error).name !== 'RangeError';
  }
}

/** A path for a message. */
const shown = (path: string): string =>
  path.length <= LONG ? path : `${path.slice(0, LONG / 2)}…${path.slice(-LONG / 2)}`;

/** Whether v8 returns a copied value unchanged: the language's data, on the prototype of its kind. */
function isPlain(value: unknown): boolean {
  if (!isObject(value) || Array.isArray(value)) return true;
  if (types.isMap(value) || types.isSet(value) || types.isDate(value) || types.isRegExp(value)) return true;
  if (types.isNativeError(value) || types.isBoxedPrimitive(value) || types.isArrayBuffer(value)) return true;
  if (ArrayBuffer.isView(value)) return !types.isSharedArrayBuffer(value.buffer);
  const prototype: unknown = Object.getPrototypeOf(value);
  return isObject(prototype) && Object.getPrototypeOf(prototype) === null;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

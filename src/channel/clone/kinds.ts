import { EventEmitter } from '../../node/events';
import * as json from '../../node/json';
import { types } from '../../node/util';

/** A part of a value that cannot cross. */
export interface Culprit {
  /** `value.pool.connect` */
  readonly path: string;
  /** `a function` */
  readonly what: string;
}

/** A step from an object to a value in it. */
export type Part =
  | { readonly step: string; readonly value: unknown }
  /** Its value cannot be read. */
  | { readonly step: string; readonly problem: string };

/** The values that are copied with an object. */
export function* partsOf(object: object): Generator<Part> {
  if (types.isProxy(object)) return;
  if (types.isMap(object)) yield* entriesOf(object);
  else if (types.isSet(object)) yield* membersOf(object);
  else if (types.isNativeError(object)) yield* causeOf(object);
  else if (!isLeaf(object)) yield* propertiesOf(object);
}

/** Whether nothing else is copied with it. */
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
 * Methods are this realm's, not the object's: it may have its own.
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

type Test = (value: unknown) => boolean;

/** Values that cannot be copied, as messages call them. A Proxy is first: any other check might run its traps. */
const KINDS: readonly (readonly [Test, string])[] = [
  [types.isProxy, 'a Proxy'],
  [value => typeof value === 'function', 'a function'],
  [value => typeof value === 'symbol', 'a symbol'],
  [types.isPromise, 'a Promise'],
  [types.isWeakMap, 'a WeakMap'],
  [types.isWeakSet, 'a WeakSet'],
  [types.isGeneratorObject, 'a generator'],
  [value => types.isMapIterator(value) || types.isSetIterator(value), 'an iterator'],
  [types.isArgumentsObject, 'an arguments object'],
  [types.isModuleNamespaceObject, 'the namespace of a module'],
  [types.isExternal, 'a pointer of a native module'],
  [value => types.isSymbolObject(value), 'a Symbol object'],
  [types.isSharedArrayBuffer, 'a SharedArrayBuffer'],
  [
    value => ArrayBuffer.isView(value) && types.isSharedArrayBuffer(value.buffer),
    'a view of a SharedArrayBuffer',
  ],
];

/** The kind of a value that cannot be copied itself; undefined for any other. */
export function kindOf(value: unknown): string | undefined {
  if (
    value === null ||
    (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  )
    return undefined;
  for (const [test, kind] of KINDS) if (test(value)) return kind;
  return isMoreThanData(value as object) ? named(value) : undefined;
}

/** The global classes that belong to the language. */
const COPIED = new Set(
  ['Object', 'Array', 'Map', 'Set', 'Date', 'RegExp', 'Boolean', 'Number', 'String', 'BigInt', 'Error']
    .concat(['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'])
    .concat(['AggregateError', 'SuppressedError', 'ArrayBuffer', 'DataView', 'Buffer', 'Iterator'])
    .concat(['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'])
    .concat([
      'Uint32Array',
      'BigInt64Array',
      'BigUint64Array',
      'Float16Array',
      'Float32Array',
      'Float64Array',
    ]),
);

/**
 * URL, AbortSignal, Headers, Event, …: their content is not in their properties, some would arrive as `{}`.
 * Sockets, servers, child processes, most database clients: emitters, which are never meant to be copied.
 */
function isMoreThanData(value: object): boolean {
  for (let each: unknown = Object.getPrototypeOf(value); each !== null; each = Object.getPrototypeOf(each)) {
    // Its answers cannot be trusted.
    if (types.isProxy(each)) return false;
    if (each === EventEmitter.prototype) return true;
    const maker: unknown = Object.getOwnPropertyDescriptor(each, 'constructor')?.value;
    if (typeof maker !== 'function' || COPIED.has(maker.name)) continue;
    if (maker.name !== '' && Object.getOwnPropertyDescriptor(globalThis, maker.name) !== undefined)
      if (Reflect.get(globalThis, maker.name) === maker) return true;
  }
  return false;
}

/** An object by its class: `a Socket`, `an Agent`. */
export function named(value: unknown): string {
  const name = classOf(value);
  return name === '' ? 'an object that cannot be copied' : `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}

function classOf(value: unknown): string {
  try {
    if (types.isProxy(value)) return 'Proxy';
    const name: unknown = Object(value).constructor?.name;
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    // From Node 22 on iterators share a class.
    if (tag.endsWith(' Iterator')) return tag;
    if (typeof name === 'string' && name !== '' && name !== 'Object') return name;
    return tag === 'Object' ? '' : tag;
  } catch {
    return '';
  }
}

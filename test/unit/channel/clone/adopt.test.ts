import { createContext, runInContext } from 'node:vm';
import { adopt } from '../../../../src/channel/clone/adopt';
import { crossed, crossing } from '../../../../src/channel/clone/cross';

/** A realm with the classes that Jest's node environment shares with it. */
const sandbox = (shared: object = {}): typeof globalThis =>
  runInContext('globalThis', createContext({ ...shared })) as typeof globalThis;

const realm = sandbox({ Buffer, ArrayBuffer, Uint8Array });
/** A realm that shares nothing. */
const bare = sandbox();

/** A value from another realm as a test in that realm gets it. */
function given(value: unknown, to: object = realm): unknown {
  const found = crossing(value);
  if ('problem' in found) throw new Error(found.problem.what);
  return adopt(crossed(found.bytes), to);
}

/** Whether it has the prototype of that realm's class. */
const isOf = (value: unknown, name: string, to: object = realm): boolean =>
  Object.getPrototypeOf(value) === (Reflect.get(to, name) as { prototype: unknown }).prototype;

describe('objects get the prototypes of the realm', () => {
  test.each([
    ['Object', {}],
    ['Array', []],
    ['Map', new Map()],
    ['Set', new Set()],
    ['Date', new Date(0)],
    ['RegExp', /a/],
    ['Number', Object(1)],
    ['String', Object('a')],
    ['Boolean', Object(true)],
    ['BigInt', Object(1n)],
    ['ArrayBuffer', new ArrayBuffer(1)],
    ['DataView', new DataView(new ArrayBuffer(1))],
    ['Uint8Array', new Uint8Array(1)],
    ['Uint8ClampedArray', new Uint8ClampedArray(1)],
    ['Float64Array', new Float64Array(1)],
    ['BigInt64Array', new BigInt64Array(1)],
    ['Error', new Error('a')],
    ['TypeError', new TypeError('a')],
    ['SyntaxError', new SyntaxError('a')],
    ['RangeError', new RangeError('a')],
  ])('%s', (name, value) => {
    for (const each of [realm, bare]) {
      expect(isOf(given(value, each), name, each)).toBe(true);
      const inside = given({ list: [value], map: new Map([[value, value]]) }, each) as {
        list: unknown[];
        map: Map<unknown, unknown>;
      };
      expect(isOf(inside.list[0], name, each)).toBe(true);
      expect(isOf(inside.map, 'Map', each)).toBe(true);
    }
  });

  test('in a Map, a Set, an Error and an array with named properties', () => {
    const value = Object.assign(
      [
        new Map([[{ key: 1 }, { a: [] }]]),
        new Set([{}]),
        new Error('a', { cause: { b: new TypeError('b') } }),
      ],
      { extra: {} },
    );
    const [map, set, error] = given(value) as [
      Map<object, { a: [] }>,
      Set<object>,
      Error & { cause: { b: Error } },
    ];
    const { extra } = given(value) as unknown as { extra: object };
    const [[key, entry]] = [...map] as [[object, { a: [] }]];
    for (const each of [key, entry, [...set][0], error.cause, extra]) expect(isOf(each, 'Object')).toBe(true);
    expect(isOf(entry.a, 'Array')).toBe(true);
    expect(isOf(error.cause.b, 'TypeError')).toBe(true);
  });
});

test('shared memory stays as it is', () => {
  const { b, u, a } = given({ b: Buffer.from('a'), u: new Uint8Array(1), a: new ArrayBuffer(1) }) as Record<
    string,
    unknown
  >;
  expect(Buffer.isBuffer(b)).toBe(true);
  expect(isOf(u, 'Uint8Array')).toBe(true);
  expect(isOf(a, 'ArrayBuffer')).toBe(true);
});

test('the memory that Buffers share is not adopted', () => {
  const shared = Object.getPrototypeOf(Buffer.from('a').buffer);
  expect(Buffer.isBuffer(given(Buffer.from('abc'), bare))).toBe(true);
  expect(Object.getPrototypeOf(Buffer.from('a').buffer)).toBe(shared);
});

test('the memory of an array is', () => {
  const array = given(new Float64Array(2), bare) as Float64Array;
  expect(isOf(array.buffer, 'ArrayBuffer', bare)).toBe(true);
});

test('circular and repeated references', () => {
  const value: Record<string, unknown> = {};
  Object.assign(value, { self: value, list: [value], map: new Map([[value, value]]) });
  const copy = given(value) as { self: unknown; list: unknown[]; map: Map<unknown, unknown> };
  expect(copy.self).toBe(copy);
  expect(copy.list[0]).toBe(copy);
  expect(copy.map.get(copy)).toBe(copy);
  expect(isOf(copy, 'Object')).toBe(true);
});

test.each([[1], ['a'], [undefined], [null], [1n], [true]])('%p is itself', value => {
  expect(given(value)).toBe(value);
});

test('holes stay holes, and a long empty array is quick', () => {
  const sparse: unknown[] = [];
  sparse[4_000_000_000] = {};
  const copy = given(sparse) as unknown[];
  expect(copy).toHaveLength(4_000_000_001);
  expect(isOf(copy[4_000_000_000], 'Object')).toBe(true);
  expect(0 in copy).toBe(false);
});

test('objects nested deeper than the call stack', () => {
  let value: unknown = {};
  const innermost = value;
  for (let depth = 0; depth < 100_000; depth += 1) value = [value];
  adopt(value, realm);
  expect(isOf(innermost, 'Object')).toBe(true);
});

test('a realm without a class leaves its objects alone', () => {
  const value = { map: new Map([[1, {}]]) };
  adopt(value, { Object: realm.Object });
  expect(isOf(value, 'Object')).toBe(true);
  expect(Object.getPrototypeOf(value.map)).toBe(Map.prototype);
  expect(isOf(value.map.get(1), 'Object')).toBe(true);
});

test('code of the realm takes them for its own', () => {
  Object.assign(realm, {
    given: given({ a: [1], m: new Map([['k', new Set([1])]]), d: new Date(0), e: new TypeError('x') }),
  });
  const check = `[
    given instanceof Object, given.a instanceof Array, given.m instanceof Map, given.m.get('k') instanceof Set,
    given.d instanceof Date, given.e instanceof TypeError, given.e instanceof Error, given.a.concat([2]).length === 2,
    given.m.size === 1, given.d.toISOString() === '1970-01-01T00:00:00.000Z',
  ]`;
  expect([...(realm.eval(check) as boolean[])]).toEqual(Array(10).fill(true));
});

test('toStrictEqual holds', () => {
  const here = { a: [1, { b: new Date(0) }], m: new Map([[1, new Set(['x'])]]), e: new Error('e') };
  const found = crossing(here);
  if ('problem' in found) throw new Error(found.problem.what);
  // This test's realm is not the one that makes the copies.
  expect(adopt(crossed(found.bytes), globalThis)).toStrictEqual(here);
  expect(Object.getPrototypeOf(crossed(found.bytes))).not.toBe(Object.prototype);
});

import { inspect, isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { adopt } from '../../../src/channel/clone/adopt';
import { crossed, crossing } from '../../../src/channel/clone/cross';
import { packError, unpackError } from '../../../src/channel/clone/error';
import * as fc from '../../fast-check';
import { sized } from '../../sizes';

const realm = runInContext('globalThis', createContext({ Buffer, ArrayBuffer, Uint8Array })) as object;

/** An invalid Date equals nothing, not even itself. */
const withoutNone = (value: unknown): boolean => !inspect(value, { depth: 99 }).includes('Invalid Date');

const data = fc
  .anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  })
  .filter(withoutNone);

/** Objects in a value, each once. */
function objectsOf(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Map]')
    for (const each of [...Map.prototype.entries.call(value)].flat()) objectsOf(each, found);
  else if (tag === '[object Set]')
    for (const each of Set.prototype.values.call(value)) objectsOf(each, found);
  else if (!ArrayBuffer.isView(value)) for (const each of Object.values(value)) objectsOf(each, found);
  return found;
}

test('plain data arrives unchanged, with the prototypes of the realm', () => {
  fc.assert(
    fc.property(data, value => {
      const found = crossing(value);
      if ('problem' in found) throw new Error(`${found.problem.path} is ${found.problem.what}`);
      // Prototypes are compared too.
      expect(isDeepStrictEqual(adopt(crossed(found.bytes), globalThis), value)).toBe(true);
      const copy = adopt(crossed(found.bytes), realm);
      for (const each of objectsOf(copy)) {
        const prototype = Object.getPrototypeOf(each) as { constructor: { name: string } };
        const theirs = Reflect.get(realm, prototype.constructor.name) as { prototype: unknown };
        expect(prototype === theirs.prototype).toBe(true);
      }
    }),
    { numRuns: sized(100, 300) },
  );
});

/** A tree of objects and lists, perhaps with one function, `culprit`. */
const tree = (culprit: unknown) =>
  fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.oneof(fc.string(), fc.integer(), fc.constant(undefined), fc.constant(culprit)),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b', '__proto__', '0')), tie('node'), {
        maxKeys: 4,
      }),
    ),
  })).node;

test('the path leads to the value that cannot cross', () => {
  const culprit = (): void => {};
  let found = 0;
  fc.assert(
    fc.property(tree(culprit), value => {
      const result = crossing(value);
      if ('bytes' in result) {
        expect(() => structuredClone(value)).not.toThrow();
        return;
      }
      found += 1;
      expect(result.problem.what).toBe('a function');
      expect(new Function('value', `return ${result.problem.path}`)(value)).toBe(culprit);
    }),
    { numRuns: sized(100, 300) },
  );
  expect(found).toBeGreaterThan(20);
});

test('any thrown value can be packed, sent and unpacked', () => {
  const odd = fc.constantFrom<unknown>(
    () => {},
    Symbol('a'),
    new Proxy({}, {}),
    new WeakMap(),
    new URL('http://localhost'),
    Object.defineProperty({}, 'a', { get: () => fail(), enumerable: true }),
  );
  const part = fc.oneof(data, odd);
  const error = fc
    .tuple(
      fc.string(),
      fc.constantFrom(Error, TypeError, AggregateError),
      part,
      fc.dictionary(fc.string(), part),
    )
    .map(([message, kind, cause, props]) => {
      const made = (
        kind === AggregateError ? new kind([cause], message) : new (kind as ErrorConstructor)(message)
      ) as object;
      for (const [key, value] of Object.entries({ ...props, cause }))
        Object.defineProperty(made, key, {
          value,
          configurable: true,
          enumerable: key !== 'cause',
          writable: true,
        });
      return made;
    });
  fc.assert(
    fc.property(fc.oneof(part, error), thrown => {
      const packed = packError(thrown);
      const bytes = serialize(packed);
      const again = unpackError(crossed(bytes) as typeof packed);
      if (packed.kind === 'error') {
        expect(again).toMatchObject({ message: packed.message, stack: packed.stack });
        const { message, name } = thrown as Error;
        if (typeof message === 'string') expect((again as Error).message).toBe(message);
        if (typeof name === 'string') expect((again as Error).name).toBe(name);
      } else expect(isDeepStrictEqual(again, crossed(serialize(packed.value)))).toBe(true);
    }),
    { numRuns: sized(100, 300) },
  );
});

function fail(): never {
  throw new Error('hostile');
}

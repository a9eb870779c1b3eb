import { createSecretKey } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { BlockList, createServer, Socket } from 'node:net';
import { runInThisContext } from 'node:vm';
import { MessageChannel } from 'node:worker_threads';
import { crossed, crossing } from '../../../../src/channel/clone/cross';
import { fullTest } from '../../../sizes';

/** A value as it arrives. */
function across(value: unknown): unknown {
  const found = crossing(value);
  if ('problem' in found) throw new Error(`${found.problem.path} is ${found.problem.what}`);
  return crossed(found.bytes);
}

/** Where and why it cannot cross. */
function problem(value: unknown): string {
  const found = crossing(value);
  return 'problem' in found ? `${found.problem.path}: ${found.problem.what}` : 'none';
}

class Pool {
  #secret = 1;
  readonly size = 3;
  connect(): number {
    return this.#secret;
  }
}

/** An object with one own property. */
const at = (key: string, value: unknown): object => ({ [key]: value });

describe('what crosses', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', -0],
    ['a BigInt', 12n ** 30n],
    ['text', 'ä\u{1f600}\ud800'],
    ['a plain object', { a: Object.assign([1], { 2: 3 }), b: { c: undefined } }],
    [
      'a Map',
      new Map<unknown, unknown>([
        ['a', new Set([1])],
        [{}, 2],
      ]),
    ],
    ['a Date', new Date(5)],
    ['a RegExp', /a/giu],
    ['a boxed number', Object(5)],
    ['a boxed BigInt', Object(5n)],
    ['a Float64Array', new Float64Array([1, Number.NaN])],
    ['a BigUint64Array', new BigUint64Array([1n])],
    ['a DataView', new DataView(new ArrayBuffer(3))],
    ['an ArrayBuffer', new ArrayBuffer(3)],
    ['a Buffer', Buffer.from('abc')],
    ['an object without prototype', Object.create(null)],
    ['an unusual key', JSON.parse('{"__proto__": 1, "": 2, "a b": 3}')],
  ])('%s', (_, value) => {
    expect(across(value)).toEqual(value);
  });

  test('an Error with its cause, but without other properties', () => {
    const error = Object.assign(new TypeError('no', { cause: { code: 1 } }), { code: 'E_NO' });
    const copy = across({ error }) as { error: Error };
    expect(copy.error).toMatchObject({
      name: 'TypeError',
      message: 'no',
      cause: { code: 1 },
      stack: error.stack,
    });
    expect(copy.error).not.toHaveProperty('code');
  });

  test('circular and repeated references', () => {
    const value: { self?: unknown; list: unknown[]; twice: unknown } = { list: [], twice: undefined };
    value.self = value;
    value.list.push(value);
    value.twice = value.list;
    const copy = across(value) as typeof value;
    expect(copy).not.toBe(value);
    expect(copy.self).toBe(copy);
    expect(copy.list[0]).toBe(copy);
    expect(copy.twice).toBe(copy.list);
  });

  test('an instance of a class, as a plain object', () => {
    const copy = across(new Pool()) as object;
    expect(copy).toEqual({ size: 3 });
    expect(copy).not.toHaveProperty('connect');
  });

  test("an instance of a class with the name of one of the web's", () => {
    class URL {
      readonly href = 'a';
    }
    expect(across(new URL())).toEqual({ href: 'a' });
  });

  test('the value of a getter', () => {
    const value = {
      get now() {
        return 5;
      },
    };
    expect(across(value)).toEqual({ now: 5 });
  });

  test('an invalid Date', () => {
    expect((across(new Date(Number.NaN)) as Date).getTime()).toBe(Number.NaN);
  });

  test('a Buffer stays a Buffer', () => {
    expect(Buffer.isBuffer((across({ b: Buffer.from('abc') }) as { b: Buffer }).b)).toBe(true);
  });

  test('the environment of the process, though an exotic object', () => {
    // A test's own is a Proxy.
    const { env } = runInThisContext('process') as NodeJS.Process;
    expect(across(env)).toMatchObject({ PATH: process.env.PATH });
  });

  test('no hidden properties: symbol keys and non-enumerable ones', () => {
    const value = Object.defineProperty({ [Symbol('a')]: () => {}, b: 1 }, 'c', { value: () => {} });
    expect(across(value)).toEqual({ b: 1 });
  });

  test('built-ins without extra properties', () => {
    const fn = (): void => {};
    const value = [new Date(0), /a/, new Map(), new Set(), new Error('a'), new Uint8Array(1)];
    for (const each of value) Object.assign(each, { fn });
    expect(crossing(value)).toHaveProperty('bytes');
  });
});

describe('copies share nothing', () => {
  test.each([
    ['a Float64Array', new Float64Array(4)],
    ['a Uint8Array', new Uint8Array(4)],
    ['a Buffer', Buffer.alloc(4)],
  ])('%s', (_, value) => {
    const found = crossing(value);
    if ('problem' in found) throw new Error(found.problem.what);
    const [one, two] = [crossed(found.bytes), crossed(found.bytes)] as [Uint8Array, Uint8Array];
    one[0] = 7;
    expect([two[0], (crossed(found.bytes) as Uint8Array)[0]]).toEqual([0, 0]);
  });

  test('and an array has its own memory, of its own size', () => {
    const copy = across({
      text: 'x'.repeat(500),
      f: new Float64Array(4),
      d: new DataView(new ArrayBuffer(9), 1),
    });
    const { f, d } = copy as { f: Float64Array; d: DataView };
    expect([f.buffer.byteLength, f.byteOffset]).toEqual([32, 0]);
    expect([d.buffer.byteLength, d.byteOffset]).toEqual([8, 0]);
  });
});

describe('a value that does not cross is found', () => {
  const proxy = new Proxy(
    {},
    {
      get: () => {
        throw new Error('get');
      },
      getPrototypeOf: () => {
        throw new Error('getPrototypeOf');
      },
      ownKeys: () => {
        throw new Error('ownKeys');
      },
    },
  );

  test.each<[unknown, string]>([
    [() => {}, 'value: a function'],
    [class {}, 'value: a function'],
    [Symbol('a'), 'value: a symbol'],
    [{ pool: { connect: () => {} } }, 'value.pool.connect: a function'],
    [[1, 2, { fn() {} }], 'value[2].fn: a function'],
    [Object.assign([1], { extra: Symbol.iterator }), 'value.extra: a symbol'],
    [new Map([['key', () => {}]]), 'value.get("key"): a function'],
    [new Map([[5n, { a: Symbol('b') }]]), 'value.get(5n).a: a symbol'],
    [new Map([[undefined, Symbol('b')]]), 'value.get(undefined): a symbol'],
    [
      new Map<unknown, unknown>([
        [1, 1],
        [{}, () => {}],
      ]),
      'value.values()[1]: a function',
    ],
    [
      new Map<unknown, unknown>([
        [1, 1],
        [() => {}, 1],
      ]),
      'value.keys()[1]: a function',
    ],
    [new Map([[Symbol('b'), 1]]), 'value.keys()[0]: a symbol'],
    [{ a: new Set([1, () => {}]) }, 'value.a.values()[1]: a function'],
    [at('odd key', () => {}), 'value["odd key"]: a function'],
    [at('0', () => {}), 'value["0"]: a function'],
    [at('größe', () => {}), 'value.größe: a function'],
    [{ error: new Error('a', { cause: { fn: () => {} } }) }, 'value.error.cause.fn: a function'],
    [{ a: Promise.resolve() }, 'value.a: a Promise'],
    [{ a: new WeakMap() }, 'value.a: a WeakMap'],
    [{ a: new WeakSet() }, 'value.a: a WeakSet'],
    [{ a: new WeakRef({}) }, 'value.a: a WeakRef'],
    [{ a: proxy }, 'value.a: a Proxy'],
    [new Proxy([], {}), 'value: a Proxy'],
    [new Proxy(() => {}, {}), 'value: a Proxy'],
    [(function* () {})(), 'value: a generator'],
    [new Map().values(), 'value: an iterator'],
    [[].values(), 'value: an Array Iterator'],
    [new Function('return arguments')(1), 'value: an arguments object'],
    [Object(Symbol('a')), 'value: a Symbol object'],
    [{ a: new SharedArrayBuffer(1) }, 'value.a: a SharedArrayBuffer'],
    [{ a: new Int32Array(new SharedArrayBuffer(4)) }, 'value.a: a view of a SharedArrayBuffer'],
    [{ a: new URL('http://localhost') }, 'value.a: a URL'],
    [{ a: new AbortController().signal }, 'value.a: an AbortSignal'],
    [{ a: new (class Mine extends EventTarget {})() }, 'value.a: a Mine'],
    [{ a: new Blob(['a']) }, 'value.a: a Blob'],
    [{ a: [createSecretKey(Buffer.from('a'))] }, 'value.a[0]: a SecretKeyObject'],
    [{ a: new BlockList() }, 'value.a: a BlockList'],
    [
      {
        a: new Function('bytes', 'return new WebAssembly.Module(bytes)')(
          Buffer.from('0061736d01000000', 'hex'),
        ),
      },
      'value.a: a Module',
    ],
    [{ a: new Intl.NumberFormat() }, 'value.a: a NumberFormat'],
  ])('%#', (value, text) => {
    expect(problem(value)).toBe(text);
  });

  test('a getter that throws', () => {
    const value = {
      deep: {
        get a() {
          throw new Error('not\nyet');
        },
      },
    };
    expect(problem(value)).toBe('value.deep.a: a getter that throws (Error: not)');
  });

  test('a getter that throws a value that cannot be shown', () => {
    const value = {
      get a() {
        throw proxy;
      },
    };
    expect(problem(value)).toBe('value.a: a getter that throws (a value that cannot be shown)');
  });

  test('a getter with a new value each time', () => {
    let times = 0;
    const value = {
      get a() {
        times += 1;
        return times === 1 ? 1 : () => {};
      },
    };
    expect(problem(value)).toMatch(/^value(\.a)?: /);
  });

  test('in sockets, servers and ports', () => {
    expect(problem({ socket: new Socket() })).toBe('value.socket: a Socket');
    expect(problem({ server: createServer() })).toBe('value.server: a Server');
    expect(problem(new (class Client extends EventEmitter {})())).toBe('value: a Client');
    const { port1, port2 } = new MessageChannel();
    expect(problem({ list: [port1] })).toMatch(/^value\.list\[0\]: a MessagePort$/);
    port1.close();
    port2.close();
  });

  test('the first of several, in the order of the properties', () => {
    expect(problem({ a: { b: [() => {}] }, c: Symbol('c') })).toBe('value.a.b[0]: a function');
  });

  test('in a circle', () => {
    const a: Record<string, unknown> = {};
    const b = { a };
    Object.assign(a, { b, iterator: [].values() });
    expect(problem(a)).toBe('value.iterator: an Array Iterator');
    const iterator = [].values();
    expect(problem(Object.assign(iterator, { a: 1, iterator }))).toBe('value: an Array Iterator');
    Object.assign(a, { fn: () => {} });
    expect(problem(a)).toBe('value.fn: a function');
  });

  test('behind a prototype that is a Proxy', () => {
    expect(problem(Object.assign(Object.create(proxy), { fn: () => {} }))).toBe('value.fn: a function');
  });

  test('in objects nested deeper than the call stack', () => {
    let value: unknown = () => {};
    for (let depth = 0; depth < 20_000; depth += 1) value = { a: value };
    expect(problem(value)).toMatch(/^value[.a]+…[.a]+: a function$/);
    let plain: unknown = 1;
    for (let depth = 0; depth < 200_000; depth += 1) plain = { a: plain };
    expect(problem(plain)).toMatch(/^value: .*\(Maximum call stack size exceeded\)$/);
  });
});

fullTest('a value above the size limit of a message does not cross', () => {
  const limit = 64 * 2 ** 20 - 2 ** 16;
  expect(crossing(Buffer.alloc(limit - 1024))).toHaveProperty('bytes');
  expect(crossing({ data: Buffer.alloc(limit) })).toEqual({
    problem: { path: 'value', what: '63.9 MiB large; the limit is 63.9 MiB' },
  });
  expect(crossing('x'.repeat(65 * 2 ** 20))).toEqual({
    problem: { path: 'value', what: '65 MiB large; the limit is 63.9 MiB' },
  });
});

import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { packError, unpackError } from '../../../../src/channel/clone/error';

/** A thrown value as it arrives. */
const across = (thrown: unknown): unknown => {
  const packed = packError(thrown);
  serialize(packed);
  return unpackError(packed);
};

describe('an error', () => {
  test('stays an error, with its text, stack and properties', () => {
    const thrown = Object.assign(new Error('no'), { code: 'E_NO', details: { list: [new Map([[1, 2]])] } });
    const error = across(thrown) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBe(thrown);
    expect({ ...error }).toEqual({ code: 'E_NO', details: { list: [new Map([[1, 2]])] } });
    expect([error.name, error.message, error.stack]).toEqual(['Error', 'no', thrown.stack]);
    expect(inspect(error)).toBe(inspect(thrown));
  });

  test.each([TypeError, RangeError, SyntaxError, EvalError, ReferenceError, URIError])(
    'is one of %p',
    kind => {
      const error = across(new kind('no')) as Error;
      expect(error).toBeInstanceOf(kind);
      expect(Object.keys(error)).toEqual([]);
      expect(error.name).toBe(kind.name);
    },
  );

  test('of a custom class keeps its name', () => {
    class DatabaseError extends Error {
      override name = 'DatabaseError';
      get code() {
        return 'E_DB';
      }
    }
    const error = across(new DatabaseError('down')) as Error;
    expect(String(error)).toBe('DatabaseError: down');
    expect(error).toMatchObject({ code: 'E_DB' });
  });

  test('may hold others', () => {
    const thrown = new AggregateError([new TypeError('a'), 'b'], 'both', { cause: new Error('c') });
    const error = across(thrown) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors).toEqual([new TypeError('a'), 'b']);
    expect(error.cause).toEqual(new Error('c'));
    expect(error.message).toBe('both');
  });

  test('without a cause has none, and one with undefined neither', () => {
    expect(Object.hasOwn(across(new Error('a')) as Error, 'cause')).toBe(false);
  });

  test('has the text of a property that cannot be copied', () => {
    const thrown = Object.assign(new Error('no'), { fn: function work() {}, socket: { on() {} }, fine: 1 });
    expect({ ...(across(thrown) as Error) }).toEqual({
      fn: '[Function: work]',
      socket: '{ on: [Function: on] }',
      fine: 1,
    });
  });

  test('with circular causes is cut off', () => {
    const thrown = new Error('round') as Error & { cause?: unknown; self?: unknown };
    thrown.cause = thrown;
    thrown.self = { thrown };
    let error = across(thrown) as typeof thrown | undefined;
    let depth = 0;
    for (; error !== undefined; error = error.cause as typeof thrown | undefined) depth += 1;
    expect(depth).toBe(9);
  });

  test('with many errors and properties has the first of them', () => {
    const many = new AggregateError(Array.from({ length: 500 }, (_, i) => i));
    expect((across(many) as AggregateError).errors).toHaveLength(100);
    const props = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, i]));
    expect(Object.keys(across(Object.assign(new Error('a'), props)) as Error)).toHaveLength(100);
  });

  test('of the web', () => {
    const error = across(new DOMException('refused', 'AbortError')) as Error;
    expect(String(error)).toBe('AbortError: refused');
  });

  test('that only looks like one', () => {
    const error = across({ message: 'a', stack: 'a\n    at b', name: 'Odd' }) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('Odd: a');
  });
});

describe('any other thrown value stays what it is', () => {
  test.each([['text'], [5], [undefined], [null], [{ code: 1 }], [[1]], [{ message: 'no stack' }]])(
    '%p',
    thrown => {
      expect(across(thrown)).toEqual(thrown);
    },
  );

  test('or becomes its text, where it cannot be copied', () => {
    expect(across(() => {})).toBe('[Function (anonymous)]');
    expect(across(Symbol('a'))).toBe('Symbol(a)');
    expect(across({ pool: { connect() {} } })).toBe('{ pool: { connect: [Function: connect] } }');
  });
});

describe('hostile values', () => {
  const fail = (): never => {
    throw new Error('hostile');
  };
  const hostile = new Proxy(
    {},
    { get: fail, getPrototypeOf: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, has: fail },
  );
  const getter = (key: string): PropertyDescriptorMap => ({ [key]: { get: fail, enumerable: true } });

  test.each([
    ['a Proxy', hostile],
    ['a Proxy of an error', new Proxy(new Error('a'), { get: fail })],
    ['a revoked Proxy', revoked()],
    ['an object with a prototype that is a Proxy', Object.create(hostile)],
    ['an object with a getter as message', Object.defineProperties({}, getter('message'))],
    ['an object whose text throws', { [inspect.custom]: fail, toString: fail, fn: fail }],
  ])('%s is described', (_, thrown) => {
    expect(() => across(thrown)).not.toThrow();
  });

  test.each(['name', 'message', 'stack', 'cause', 'errors', 'code', 'other'])(
    'an error with a getter as %s',
    key => {
      const error = across(Object.defineProperties(new Error('text'), getter(key))) as Error;
      expect(error).toBeInstanceOf(Error);
      expect(error.message).toBe(key === 'message' ? 'a value that cannot be shown' : 'text');
      expect(error.name).toBe('Error');
    },
  );

  test('an error whose parts are hostile', () => {
    const thrown = Object.assign(new Error('text', { cause: hostile }), { code: hostile, a: { hostile } });
    const error = across(thrown) as Error;
    expect(error.message).toBe('text');
    expect(typeof error.cause).toBe('string');
  });

  test('an error with odd texts', () => {
    const thrown = Object.assign(new Error('a'), { name: 5, message: { a: 1 }, stack: undefined });
    expect(String(across(thrown))).toBe('Error: a value that cannot be shown');
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

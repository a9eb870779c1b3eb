import { runInNewContext } from 'node:vm';
import { headOf } from '../../../../src/errors/problem';
import { errorFactory, type SandboxRealm } from '../../../../src/jest/file/realm';
import { seenBefore } from '../../../../src/jest/report/error-copies';
import { realm } from '../support';

const foreign = runInNewContext('Error') as ErrorConstructor;

describe('an error made by errorFactory', () => {
  const make = errorFactory({ ...realm, Error: foreign } as SandboxRealm);
  const frames = '    at fn (/p/a.ts:3:7)';

  test('belongs to the realm of the test and has message and code', () => {
    const error = make({ code: 'ERR_TIMEOUT', message: 'text' });
    expect(error instanceof foreign).toBe(true);
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', message: 'text' });
  });

  test("has the user's frames as its stack, or none", () => {
    const problem = { code: 'ERR_TIMEOUT', message: 'text' } as const;
    expect(make({ ...problem, frames }).stack).toBe(`${headOf(problem)}\n${frames}`);
    expect(make({ ...problem, frames: '' }).stack).toBe(headOf(problem));
  });

  test('without a place, shows the current call', () => {
    const { stack } = make({ code: 'ERR_TIMEOUT', message: 'at first\n    at last' });
    const [first, frame] = stack!.split('\n', 3);
    expect(first).toBe('Error: at first');
    expect(frame).toBe('    at last');
    expect(make({ code: 'ERR_TIMEOUT', message: 'text' }).stack).toMatch(
      /^Error: text\n {2}See: \S+\n {4}at .*realm\.test\.ts/,
    );
  });

  test('restores the stack trace limit', () => {
    foreign.stackTraceLimit = 7;
    make({ code: 'ERR_TIMEOUT', message: 'text' });
    expect(foreign.stackTraceLimit).toBe(7);
  });
});

describe('an error that another test already has', () => {
  class OwnError extends Error {
    override readonly name = 'OwnError';
    constructor(
      message: string,
      readonly details: unknown,
      options?: ErrorOptions,
    ) {
      super(message, options);
    }
  }

  const original = new OwnError('refused', { port: 1 }, { cause: 'cause' });
  const copy = seenBefore(realm, original, 'adds') as OwnError;

  test('becomes a copy that says where it was seen, in message and stack', () => {
    expect(copy).not.toBe(original);
    expect(copy.message).toBe('refused (first seen in "adds")');
    expect(copy.stack).toContain('refused (first seen in "adds")\n    at ');
    expect(copy.stack!.split('\n').slice(1)).toEqual(original.stack!.split('\n').slice(1));
  });

  test('has the place of a test of another file, and once', () => {
    const far = seenBefore(realm, original, 'adds', 'b.test.js:3') as Error;
    expect(far.message).toBe('refused (first seen in "adds" at b.test.js:3)');
    expect((seenBefore(realm, far, 'other') as Error).message.match(/first seen/g)).toHaveLength(1);
  });

  test('keeps its class, properties and cause', () => {
    expect(copy).toBeInstanceOf(OwnError);
    expect([copy.name, copy.details, copy.cause]).toEqual(['OwnError', { port: 1 }, 'cause']);
    expect(Object.keys(copy)).toEqual(Object.keys(original));
  });

  test('leaves the original unchanged', () => {
    expect(original.message).toBe('refused');
    expect(original.stack).not.toContain('first seen');
  });

  test('takes special characters in a message literally', () => {
    const odd = seenBefore(realm, new Error('costs $& and $1'), 'adds') as Error;
    expect(odd.stack).toContain('Error: costs $& and $1 (first seen in "adds")');
  });

  test.each([['text'], [5], [undefined], [null], [{ code: 1 }]])('%p becomes an error', thrown => {
    const error = seenBefore(realm, thrown, 'adds') as Error;
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toMatch(/^thrown: .*(text|5|undefined|null|code).* \(first seen in "adds"\)$/);
    expect(error.cause).toBe(thrown);
  });

  test.each([
    ['no stack', { message: 'refused' }, 'refused'],
    ['its message to itself', new DOMException('refused', 'AbortError'), 'AbortError: refused'],
  ])('that has %s is the cause of one that says the same', (_, thrown, message) => {
    const error = seenBefore(realm, thrown, 'adds') as Error;
    expect(error.message).toBe(`${message} (first seen in "adds")`);
    expect(error.cause).toBe(thrown);
  });

  test('keeps the errors in it', () => {
    const both = seenBefore(realm, new AggregateError([1, 2], 'both'), 'adds') as AggregateError;
    expect(both.errors).toEqual([1, 2]);
  });

  test('may be frozen', () => {
    const error = seenBefore(realm, Object.freeze(new Error('refused')), 'adds') as Error;
    expect(error.message).toBe('refused (first seen in "adds")');
  });
});

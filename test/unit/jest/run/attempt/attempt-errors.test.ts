import type { Failure } from '../../../../../src/fixtures/life/interfaces/views';
import type { Attempt } from '../../../../../src/jest/run/attempt/attempt';
import { AttemptErrors } from '../../../../../src/jest/run/attempt/attempt-errors';
import { REQUESTER } from '../../../support';

const boom = new Error('boom');
const realm = { Error, global: {} };
let entry: { invocations: number; errors: unknown[]; asyncError: string; retryReasons: unknown[] };
let attempt: { number: number; outcomeTaken: boolean };
let moreErrors: Map<unknown, unknown[]>;
let info: { ended: boolean };
let late: unknown[][];
let errors: AttemptErrors;

beforeEach(() => {
  entry = { invocations: 1, errors: [], asyncError: 'its place', retryReasons: [] };
  moreErrors = new Map();
  info = { ended: false };
  late = [];
  const fileRun = {
    moreErrors,
    testFile: { options: { debug: true }, realm, info },
    errors: { addLate: (...args: unknown[]) => late.push(args) },
  };
  attempt = Object.assign({ number: 1, outcomeTaken: false }, { entry, fileRun, requester: REQUESTER });
  errors = new AttemptErrors(attempt as unknown as Attempt);
});

test('a failed fixture is reported once, however many requesters it has', () => {
  const instance = {} as Failure['instance'];
  const marked = new Error('boom (first seen in "a")');
  expect(errors.markFailure({ error: boom, original: boom, instance })).toBe(true);
  expect(errors.markFailure({ error: marked, original: boom, instance })).toBe(false);
});

test('an error that Jest has is not news; two errors with the same text are', () => {
  entry.errors.push([boom, 'its place']);
  expect([
    errors.markReported(boom),
    errors.markReported(new Error('boom')),
    errors.markReported('text'),
    errors.markReported('text'),
  ]).toEqual([false, true, true, true]);
});

test('errors wait for the outcome of the body; later ones are reported at once', () => {
  errors.add(boom);
  errors.add('second');
  expect([moreErrors.get(entry), entry.errors]).toEqual([[boom, 'second'], []]);
  attempt.outcomeTaken = true;
  errors.add('third');
  errors.add(boom);
  errors.add(boom);
  expect(entry.errors).toEqual([
    ['third', 'its place'],
    [boom, 'its place'],
  ]);
});

test('an error that comes after the file has ended is printed', () => {
  attempt.outcomeTaken = true;
  info.ended = true;
  errors.add(boom);
  expect([late, entry.errors, moreErrors.size]).toEqual([[[boom, attempt]], [], 0]);
});

test('an error that comes during a retry joins those of its attempt', () => {
  entry.invocations = 2;
  attempt.outcomeTaken = true;
  errors.add(boom);
  expect([entry.errors, entry.retryReasons]).toEqual([[], [[boom, 'its place']]]);
});

test.each([false, true])(
  'a rejection that is handled after all is taken back, outcome taken: %s',
  async taken => {
    attempt.outcomeTaken = taken;
    const promise = Promise.resolve();
    expect(errors.mayBeHandled()).toBeUndefined();
    errors.add('other');
    errors.add(boom, promise);
    const waiting = errors.mayBeHandled();
    expect(waiting).toBeInstanceOf(Promise);
    await waiting;
    errors.handled(promise);
    errors.handled(promise);
    expect(errors.mayBeHandled()).toBeUndefined();
    expect([moreErrors.get(entry), entry.errors]).toEqual(
      taken ? [undefined, [['other', 'its place']]] : [['other'], []],
    );
  },
);

test('nothing is taken back after the end', () => {
  const promise = Promise.resolve();
  errors.add(boom, promise);
  errors.settle();
  errors.handled(promise);
  expect([errors.mayBeHandled(), moreErrors.get(entry)]).toEqual([undefined, [boom]]);
});

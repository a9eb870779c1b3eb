import { Namespace } from '../../../../../src/fixtures/declare/declaration';
import type { Failure } from '../../../../../src/fixtures/life/interfaces/views';
import { ReportedBefore } from '../../../../../src/jest/run/state/reported-before';

const file = new Namespace('file', undefined, 'a.test.ts');
const outer = new Namespace('describe', file, 'outer');
const inner = new Namespace('describe', outer, 'inner');
const boom = new Error('boom');
const failure = (instance: object | undefined, original: unknown): Failure =>
  ({ error: original, original, instance }) as unknown as Failure;
const db = {};
let reported: ReportedBefore;

beforeEach(() => {
  reported = new ReportedBefore();
  reported.add(failure(db, boom), outer);
});

test('a failure is known in its namespace and within', () => {
  expect([file, outer, inner].map(each => reported.knows(failure(db, boom), each))).toEqual([
    false,
    true,
    true,
  ]);
});

test('the fixture or the error identifies it', () => {
  expect(reported.knows(failure(db, new Error('a copy')), outer)).toBe(true);
  expect(reported.knows(failure(undefined, boom), outer)).toBe(true);
  expect(reported.knows(failure({}, new Error('boom')), outer)).toBe(false);
});

test('two equal primitives are two errors', () => {
  reported.add(failure(undefined, 'text'), outer);
  expect(reported.knows(failure(undefined, 'text'), outer)).toBe(false);
});

test('a block that runs again has reported nothing', () => {
  reported.forget(outer);
  expect(reported.knows(failure(db, boom), inner)).toBe(false);
});

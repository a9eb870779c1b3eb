// The fixtures come after the row's values.

import { describe, test } from 'jest-loop';
import { expectEqual, Todo, value } from '../helpers';

test.each([
  [1, 2],
  [3, 4],
])('numbers', async (a, b, { port }) => {
  expectEqual<[typeof a, typeof b, typeof port], [number, number, number]>(true);
});
test.each([
  [1, 'a', new Todo()],
  [2, 'b', new Todo()],
])('mixed', { timeout: 5 }, (n, text, todo, { port }) => {
  expectEqual<[typeof n, typeof text, typeof todo, typeof port], [number, string, Todo, number]>(true);
});
test.each([[(a: number) => a]])('functions', (fn, { port }) => {
  expectEqual<typeof fn, (a: number) => number>(true);
  port.toFixed();
});
test.each([
  [1, 2],
  [3, 4],
] as const)('as const', (a, b, { port }) => {
  expectEqual<[typeof a, typeof b, typeof port], [1 | 3, 2 | 4, number]>(true);
});
test.each(value<ReadonlyArray<readonly [number, string]>>())('typed rows', (n, text, { port }) => {
  expectEqual<[typeof n, typeof text, typeof port], [number, string, number]>(true);
});
test.each<[number, string]>([[1, 'a']])('named type', (n, text, { port }) => {
  expectEqual<[typeof n, typeof text, typeof port], [number, string, number]>(true);
});
test.each(Object.entries({ a: 1 }))('entries', (key, n, { port }) => {
  expectEqual<[typeof key, typeof n, typeof port], [string, number, number]>(true);
});
test.each([1, 2])('scalars', (n, { port }) => expectEqual<[typeof n, typeof port], [number, number]>(true));
test.each(['a', null, undefined])('with nothing', (text, { port }) => {
  expectEqual<[typeof text, typeof port], [string | null | undefined, number]>(true);
});
test.each(['a', 'b'] as const)('literals', (text, { port }) => {
  expectEqual<[typeof text, typeof port], ['a' | 'b', number]>(true);
});
test.each([{ a: 1 }, { a: 2 }])('records', ({ a }, { port }) => {
  expectEqual<[typeof a, typeof port], [number, number]>(true);
});
test.each([[1, 2]])('done', (_a, _b, done) => done());
test.each([1])('done', (_n, done) => done(new Error('reason')));
test.each([[1, 2]])('fewer', a => expectEqual<typeof a, number>(true));
test.each(value<number[][]>())('rows of any length', (a, b) => {
  expectEqual<[typeof a, typeof b], [number, number]>(true);
});
test.each([[1], [1, 2]])('rows of several lengths', (a, b) => {
  expectEqual<[typeof a, typeof b], [number, number]>(true);
});

test.each`
  a    | b
  ${1} | ${'x'}
`('template', ({ a, b }, { port }) => {
  // biome-ignore lint/suspicious/noExplicitAny: a template does not tell its columns' types
  expectEqual<[typeof a, typeof b, typeof port], [any, any, number]>(true);
});
test.each<{ a: number; b: string }>`
  a    | b
  ${1} | ${'x'}
`('typed template', { tags: ['x'] }, ({ a, b }, { port }) => {
  expectEqual<[typeof a, typeof b, typeof port], [number, string, number]>(true);
});

// @ts-expect-error unknown fixture
test.each([[1, 2]])('x', (_a, _b, { database }) => void database);
// @ts-expect-error the row has one value
test.each([[1]])('x', (_a, _b, { port }) => void port);
// @ts-expect-error the fixtures come last
test.each([[1]])('x', ({ port }, _a) => void port);
// @ts-expect-error unknown option
test.each([[1]])('x', { timeot: 5 }, () => {});
// @ts-expect-error where the fixtures come is not known
test.each(value<number[][]>())('x', (_a, _b, { port }) => void port);
// @ts-expect-error not a table
test.each(1);

describe.each([[1, 'a']])('x', (n, text) => expectEqual<[typeof n, typeof text], [number, string]>(true));
describe.only.each([{ a: 1 }])('x', ({ a }) => expectEqual<typeof a, number>(true));
describe.each`
  a
  ${1}
`('x', ({ a }) => {
  test(`${a}`, () => {});
});
// @ts-expect-error a describe block has no fixtures
describe.each([[1, 2]])('x', (_a, _b, { port }) => void port);

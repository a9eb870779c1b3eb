// No reference to jest-loop/globals: one file of the program has it.

import { mergeTests, type TestAPI } from 'jest-loop';
import { expectEqual, type Todo, value } from '../helpers';

test('fixtures', async ({ port, server, todo, request }) => {
  expectEqual<typeof port, number>(true);
  expectEqual<typeof server, { url: string }>(true);
  expectEqual<typeof todo, Todo>(true);
  expectEqual<typeof request.test.attempt, number>(true);
});
test('built-ins', async ({ eventLoop, tasks, asyncTimeout, defaultAsyncTimeout, loopExceptions }) => {
  asyncTimeout.set(eventLoop.time() + defaultAsyncTimeout);
  expectEqual<typeof loopExceptions, readonly unknown[]>(true);
  expectEqual<Awaited<ReturnType<typeof tasks.ready<number>>>, number>(true);
});
beforeEach(({ request }) => expectEqual<ReturnType<typeof request.loop.time>, number>(true));
// @ts-expect-error a number
fixture('defaultAsyncTimeout', '100');
test('sync', ({ port }) => expect(port).toBe(1));
test('options', { timeout: 5, tags: ['x'], overrides: { port: 1 } }, async ({ port }) => void port);
test('literals', { overrides: { state: () => 'on' } }, () => {});
// @ts-expect-error unknown fixture
test('unknown', ({ database }) => void database);
// @ts-expect-error unknown option
test('option', { timeot: 5 }, () => {});
// @ts-expect-error a port is a number
test('override', { overrides: { port: '1' } }, () => {});

// As before.
test('none');
test('none', () => {});
test('async', async () => {}, 100);
test('promise', () => Promise.resolve(1));
test('done', done => {
  done();
  done(new Error('reason'));
  done.fail('reason');
});
test('this', function () {
  this.seen = true;
}, 100);
test('helper', (done: jest.DoneCallback) => done());
test('mock', jest.fn());
// @ts-expect-error Jest refuses it
test('returns', () => 5);

// Every form.
for (const form of [
  it,
  fit,
  xit,
  xtest,
  test.only,
  test.skip,
  test.failing,
  test.concurrent,
  test.only.failing,
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true));
  form.each([1])('x', (n, { port }) => expectEqual<[typeof n, typeof port], [number, number]>(true));
}
test.todo('x');
test.useFixtures('port').only('x', () => {});
describe.useFixtures('port')('x', () => {});
describe.useFixtures('port').only('x', () => {});
// @ts-expect-error unknown fixture
test.useFixtures('database');
// @ts-expect-error unknown fixture
describe.useFixtures('database');

test.extend('own', ({ port }) => [port])('x', ({ own, todo }) => {
  expectEqual<[typeof own, typeof todo], [number[], Todo]>(true);
});
expectEqual<ReturnType<typeof test.override<'port'>>, jest.It>(true);
// @ts-expect-error a port is a number
test.override('port', '1');

// The global test is a TestAPI.
const api: TestAPI = test;
mergeTests(
  api,
  test,
  test.extend('own', 1),
)('x', ({ own, port }) => {
  expectEqual<[typeof own, typeof port], [number, number]>(true);
});

// Tables.
test.each([
  [1, 'a'],
  [2, 'b'],
])('x', async (n, text, { port }) => {
  expectEqual<[typeof n, typeof text, typeof port], [number, string, number]>(true);
});
test.each([[1, 2]] as const)('x', { timeout: 5 }, (a, _b, { port }) => {
  expectEqual<[typeof a, typeof port], [1, number]>(true);
});
test.each([{ a: 1 }])('x', ({ a }, { port }) => expectEqual<[typeof a, typeof port], [number, number]>(true));
test.each<[number, string]>([[1, 'a']])('x', (_n, text, { port }) => {
  expectEqual<[typeof text, typeof port], [string, number]>(true);
});
test.each`
  a
  ${1}
`('x', ({ a }, { port }) => void [a, expectEqual<typeof port, number>(true)]);
test.each([1])('x', (_n, done) => done.fail());
test.each([[1]])('x', (_n, done) => done());
test.each(value<number[][]>())('x', (a, b) => expectEqual<[typeof a, typeof b], [number, number]>(true));
// biome-ignore lint/suspicious/noExplicitAny: a table of untyped JavaScript
test.each(value<any[]>())('x', row => row.anything);
// @ts-expect-error unknown fixture
test.each([[1]])('x', (_n, { database }) => void database);
describe.each([[1, 'a']])('x', (n, text) => expectEqual<[typeof n, typeof text], [number, string]>(true));
// @ts-expect-error a describe block has no fixtures
describe.each([[1]])('x', (_n, { port }) => void port);

// Hooks.
beforeEach(({ port, request }) => void [port.toFixed(), request.test.attempt]);
afterEach(({ todo }) => todo.add('x'));
beforeAll(({ server }) => void server.url);
beforeEach(async () => {});
beforeEach(() => 5);
beforeEach(done => {
  done();
  done.fail();
});
// @ts-expect-error unknown fixture
beforeEach(({ database }) => void database);
// @ts-expect-error a limit of @types/jest: its hooks take a parameter or return a promise, not both
beforeEach(async ({ port }) => void port);
// The ways round it.
test.beforeEach(async ({ port, request }) => void [port.toFixed(), request.test.attempt]);
test.afterEach(async ({ todo }) => todo.add('x'));
test.beforeAll(
  async ({ server, request }) => void [server, expectEqual<typeof request.test, undefined>(true)],
);
// @ts-expect-error unknown fixture
test.beforeEach(async ({ database }) => void database);

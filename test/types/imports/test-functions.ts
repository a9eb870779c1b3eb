import { expect, it, jest, type TestAPI, test } from 'jest-loop';
import { expectEqual, type Todo, value } from '../helpers';

test('fixtures', async ({ port, server, todo, url }) => {
  expectEqual<typeof port, number>(true);
  expectEqual<typeof server, { url: string }>(true);
  expectEqual<typeof todo, Todo>(true);
  expectEqual<typeof url, string>(true);
});
it('is the same', ({ port }) => expect(port).toBe(1), 100);
test('mocks', () => jest.useFakeTimers().setSystemTime(0));
test('renames, defaults, nested patterns', ({ port: p, server: { url }, todo = null }) => {
  expectEqual<typeof p, number>(true);
  expectEqual<typeof url, string>(true);
  return todo?.add('x');
});
// @ts-expect-error unknown fixture
test('unknown', ({ database }) => void database);
// @ts-expect-error a port is a number
test('misused', ({ port }) => port.toUpperCase());

// Jest's own forms.
test('none', () => {});
test('async', async () => {});
test('promise', () => Promise.resolve(1));
test('done', done => {
  done();
  done('reason');
  done(new Error('reason'));
});
test('generator', function* () {
  yield 1;
});
test('this', function () {
  this.seen = true;
});
test(1, () => {});
test(class Named {}, () => {});
test(
  function named() {},
  () => {},
);
// biome-ignore lint/complexity/noBannedTypes: any function will do
test(value<Function>(), () => {});
// @ts-expect-error not a title
test({ name: 'x' }, () => {});
// @ts-expect-error done takes a reason
test('done', done => done(1));
// @ts-expect-error Jest refuses a test that returns something else
test('returns', () => 5);
// @ts-expect-error an async generator runs nothing
test('async generator', async function* () {});
// @ts-expect-error a function is needed
test('nothing');
// @ts-expect-error a number of milliseconds
test('timeout', () => {}, '5s');

// Every form.
for (const form of [
  test.only,
  test.skip,
  test.failing,
  test.only.failing,
  test.skip.failing,
  test.concurrent,
  test.concurrent.only,
  test.concurrent.skip,
  test.concurrent.failing,
  test.concurrent.only.failing,
  test.concurrent.skip.failing,
  test.useFixtures('port'),
  test.useFixtures('port', 'server').only,
  test.only.useFixtures('port'),
  test.concurrent.only.failing.useFixtures('port'),
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true), 5);
  form('x', { timeout: 5 }, async ({ port }) => expectEqual<typeof port, number>(true));
  form.each([[1]])('x', (n, { port }) => expectEqual<[typeof n, typeof port], [number, number]>(true));
  // @ts-expect-error unknown fixture
  form('x', ({ database }) => void database);
}
test.todo('x');
// @ts-expect-error todo takes a title only
test.todo('x', () => {});
// @ts-expect-error Jest has no such form
test.failing.only;
expectEqual<ReturnType<typeof test.useFixtures>, typeof test>(true);
// @ts-expect-error unknown fixture
test.useFixtures('port', 'database');
// @ts-expect-error it is not set up
test.useFixtures('request');

// A test function that can do more passes for one that can do less.
const extended = test.extend('own', 1);
expectEqual<TestAPI, typeof test>(true);
const less: TestAPI = extended;
// @ts-expect-error it lacks "own"
const more: typeof extended = test;

export { less, more };

// The functions of @jest/globals, as far as its types can be extended.

import { beforeEach, describe, expect, it, jest, test } from '@jest/globals';
import { expectEqual, type Todo } from '../helpers';

test('fixtures', async ({ port, todo, request }) => {
  expectEqual<[typeof port, typeof todo], [number, Todo]>(true);
  expectEqual<typeof request.test.attempt, number>(true);
});
test('built-ins', async ({ tasks, eventLoop }) => {
  const loop = await tasks.start(() => eventLoop);
  expectEqual<typeof loop, typeof eventLoop>(true);
});
test('options', { timeout: 5, overrides: { port: 1 } }, ({ port }) => expect(port).toBe(1));
test('literals', { overrides: { state: () => 'on' } }, () => {});
// @ts-expect-error unknown fixture
test('unknown', ({ database }) => void database);
// @ts-expect-error unknown option
test('option', { timeot: 5 }, () => {});

// As before.
test('none', () => {});
test('async', async () => {}, 100);
test('done', done => done(new Error('reason')));
test('this', function () {
  this.seen = true;
});
test('mock', jest.fn<() => void>());
test.each([[1, 2]])('x', (a, b) => expectEqual<[typeof a, typeof b], [number, number]>(true));
// @ts-expect-error Jest refuses it
test('returns', () => 5);

// Every form that can be reached.
for (const form of [
  it.only,
  test.skip,
  test.failing,
  test.only.failing,
  test.concurrent,
  test.concurrent.only,
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true));
  form('x', { tags: ['x'] }, async ({ port }) => expectEqual<typeof port, number>(true));
  form.useFixtures('port')('x', async () => {});
}
describe.useFixtures('port').each([[1]])('x', () => {});
// @ts-expect-error unknown fixture
test.useFixtures('database');
// @ts-expect-error unknown fixture
describe.useFixtures('database');
test.extend('own', ({ port }) => [port])('x', ({ own }) => expectEqual<typeof own, number[]>(true));
test.override('port', 1).only('x', ({ port }) => void port);
// @ts-expect-error a port is a number
test.override('port', '1');
test.beforeEach(async ({ port }) => void expectEqual<typeof port, number>(true));

// Out of reach: its hooks and tables. Those of jest-loop take fixtures.
// @ts-expect-error see above
beforeEach(async ({ port }) => void port);
// @ts-expect-error see above
test.each([[1]])('x', async (_n, { port }) => void port);

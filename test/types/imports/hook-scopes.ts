// `beforeAll` and `afterAll` see no fixture of `test` scope: FixturesOf makes those `readonly`.

import {
  afterAll,
  beforeAll,
  beforeEach,
  type DoneCallback,
  mergeTests,
  test,
  type WiderThanTest,
} from 'jest-loop';
import { expectEqual } from '../helpers';

beforeAll(({ server }) => void expectEqual<typeof server, { url: string }>(true));
beforeEach(({ port }) => void expectEqual<typeof port, number>(true));
// @ts-expect-error a port lives for a test
beforeAll(({ port }) => void port);
// @ts-expect-error a port lives for a test
afterAll(async ({ server, port }) => void [server, port]);
// @ts-expect-error a port lives for a test
test.beforeAll(async ({ port }) => void port);
// @ts-expect-error a port lives for a test
test.afterAll(({ todo }) => void todo);
beforeAll(async ({ request }) => {
  const server = await request.get('server');
  expectEqual<typeof server, { url: string }>(true);
});

// A name that is declared by hand may have any scope.
expectEqual<WiderThanTest<{ readonly a: 1; b: 2; readonly c: 3 }>, { b: 2 }>(true);

// test.extend knows the scopes that it is given.
const byName = test.extend('own', 1).extend('shared', { scope: 'file' }, 'x');
byName.beforeAll(({ shared }) => void shared.length);
// @ts-expect-error of test scope
byName.beforeAll(({ own }) => void own);
byName.beforeEach(({ own, shared }) => void [own, shared]);
// What overrides a fixture inherits its scope.
test.extend('server', { url: 'y' }).beforeAll(({ server }) => void server.url);

const byObject = test.extend({
  own: async (_, use) => use(1),
  shared: [async (_, use) => use('x'), { scope: 'describe' }],
  automatic: [async (_, use) => use(2), { auto: true }],
});
byObject.beforeAll(({ shared }) => void shared.length);
// @ts-expect-error of test scope
byObject.beforeAll(({ own }) => void own);
// @ts-expect-error of test scope
byObject.beforeAll(({ automatic }) => void automatic);
mergeTests(byName, byObject).beforeAll(({ server }) => void server);
// @ts-expect-error of test scope in both
mergeTests(byName, byObject).beforeAll(({ own }) => void own);
// The type arguments name no scopes.
test.extend<{ any: number }>({ any: 1 }).beforeAll(({ any }) => void any);

// `done` has the name that Jest's users know, and can be passed on.
declare function callsBack(done: DoneCallback): void;
test('x', done => callsBack(done));
beforeAll(done => callsBack(done));
callsBack(() => {});

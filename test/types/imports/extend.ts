import { type FixtureOptions, type Mistake, mergeTests, type TestAPI, test, type Use } from 'jest-loop';
import { expectEqual, Todo } from '../helpers';

// By name, value or function.
const byName = test
  .extend('count', { scope: 'file' }, 1)
  .extend('own', async ({ port, count, request }) => ({ port, count, name: request.name }))
  .extend('list', { scope: 'file', params: [1, 2] }, function* ({ count }, { param, test: info }) {
    expectEqual<typeof info, undefined>(true);
    yield [count, param];
  });
byName(
  'x',
  { overrides: { count: 2 }, useFixtures: ['own'] },
  async ({ count, own, list, port, request }) => {
    expectEqual<typeof count, number>(true);
    expectEqual<typeof own, { port: number; count: number; name: string }>(true);
    expectEqual<typeof list, number[]>(true);
    expectEqual<typeof port, number>(true);
    const known = await request.get('list');
    expectEqual<typeof known, number[]>(true);
  },
);
byName.only.each([1])('x', (n, { count }) => expectEqual<[typeof n, typeof count], [number, number]>(true));
byName.useFixtures('own').concurrent.failing('x', async ({ own }) => void own);
test.extend('port', ({ port }) => `${port.toFixed()}`)('replaces', ({ port }) => void port.toUpperCase());
// @ts-expect-error unknown fixture
test.extend('own', ({ database }) => database);
// @ts-expect-error another test function has it
test('x', ({ count }) => void count);
// @ts-expect-error no fixture can be called request
test.extend('request', 1);
// @ts-expect-error not a scope
test.extend('own', { scope: 'module' }, 1);
// @ts-expect-error a port lives for a test
test.extend('own', { scope: 'file' }, ({ port }) => port);
// @ts-expect-error a port lives for a test
test.extend('own', { scope: 'describe' }, async function* ({ port }) {
  yield port;
});
test.extend('own', { scope: 'file' }, ({ server, localhost }) => server.url + localhost);
test.extend('own', { scope: 'test', auto: true }, ({ port }) => port);
test.extend('own', { timeout: 5 }, ({ port }) => port);
// A test function of a type parameter shows its fixtures at every scope.
export const withDoubled = <F extends { count: number }>(base: TestAPI<F>) =>
  base.extend('doubled', ({ count }) => count * 2);
export const withUrl = <F extends { host: string }>(base: TestAPI<F>) =>
  base.extend('url', { scope: 'file' }, ({ host }) => `http://${host}`);

// By object, with named types: functions see each other.
const named = test.extend<{ todo: Todo; count: number; list: string[]; maker: (n: number) => string }>({
  todo: async ({ count, port }, use, request) => {
    expectEqual<[typeof count, typeof port], [number, number]>(true);
    expectEqual<typeof use, Use<Todo>>(true);
    expectEqual<typeof request.test.attempt, number>(true);
    await use(new Todo());
  },
  count: [1, { scope: 'file' }],
  list: ['a', 'b'],
  maker: [
    async (_, use, { param }) => {
      expectEqual<typeof param, unknown>(true);
      await use(n => n.toFixed());
    },
    { scope: 'file', params: [1] },
  ],
});
named('x', ({ todo, count, list, maker }) => {
  expectEqual<typeof todo, Todo>(true);
  expectEqual<typeof count, number>(true);
  expectEqual<typeof list, string[]>(true);
  expectEqual<typeof maker, (n: number) => string>(true);
});
test.extend<{ count: number }>({ count: 1, port: 2 });
// What replaces an inherited fixture may be of another type, and sees that one.
test.extend<{ port: string; count: number }>({
  port: async ({ port, count }, use) => {
    expectEqual<[typeof port, typeof count], [number, number]>(true);
    await use(port.toFixed(count));
  },
  count: async ({ port }, use) => {
    expectEqual<typeof port, string>(true);
    await use(port.length);
  },
})('x', ({ port }) => void port.toUpperCase());
test.extend<{ port: string }>({ port: 'x' });
// @ts-expect-error a port is a text here
test.extend<{ port: string }>({ port: 1 });
// @ts-expect-error "other" is missing
test.extend<{ count: number; other: number }>({ count: 1 });
// @ts-expect-error a count is a number
test.extend<{ count: number }>({ count: 'x' });
// @ts-expect-error a count is a number
test.extend<{ count: number }>({ count: (_, use) => use('x') });
// @ts-expect-error a port is a number
test.extend<{ count: number }>({ count: 1, port: 'x' });
// @ts-expect-error the object form takes (deps, use)
test.extend<{ count: number }>({ count: () => 1 });
// @ts-expect-error not announced
test.extend<{ count: number }>({ count: 1, other: 1 });
// @ts-expect-error unknown option
test.extend<{ count: number }>({ count: [1, { autouse: true }] });

// By object, with inferred types.
const inferred = test.extend({
  count: 1,
  text: 'x',
  flag: true,
  list: [1, 2],
  nested: { a: [1] },
  instance: new Date(),
  todo: async ({ port }, use: Use<Todo>) => {
    expectEqual<typeof port, number>(true);
    await use(new Todo());
  },
  spelledOut: async (_, use: (value: Todo) => Promise<void>, request) => {
    expectEqual<typeof request.path, string>(true);
    await use(new Todo());
  },
  withOptions: [
    async ({ port }, use: Use<Todo>) => {
      expectEqual<typeof port, number>(true);
      await use(new Todo());
    },
    { scope: 'file' },
  ],
  valueWithOptions: ['x', { scope: 'file' }],
  maker: async (_, use: Use<(n: number) => string>) => use(String),
  returned: async (_, use) => use(1),
  returnedWithOptions: [async (_, use) => use(new Date()), { scope: 'file' }],
  explicit: async (_, use: Use<unknown>) => use(1),
  untyped: async ({ port }, use) => {
    await use(port);
  },
});
inferred('x', fixtures => {
  const { count, text, flag, list, nested, instance } = fixtures;
  expectEqual<[typeof count, typeof text, typeof flag], [number, string, boolean]>(true);
  expectEqual<[typeof list, typeof nested, typeof instance], [number[], { a: number[] }, Date]>(true);
  const { todo, spelledOut, withOptions, valueWithOptions, maker, port } = fixtures;
  expectEqual<[typeof todo, typeof spelledOut, typeof withOptions], [Todo, Todo, Todo]>(true);
  expectEqual<[typeof valueWithOptions, typeof maker], [string, (n: number) => string]>(true);
  const { returned, returnedWithOptions, explicit, untyped } = fixtures;
  expectEqual<[typeof returned, typeof returnedWithOptions], [number, Date]>(true);
  expectEqual<[typeof explicit, typeof port], [unknown, number]>(true);
  const message =
    'the type of this value is not known: write `use: Use<…>`, or `test.extend<{ … }>(…)`' as const;
  expectEqual<typeof untyped, Mistake<typeof message>>(true);
  // @ts-expect-error the message says what to write
  untyped.toFixed();
});
// @ts-expect-error the object form takes (deps, use)
test.extend({ count: () => 1 });
// @ts-expect-error the object form takes (deps, use)
test.extend({ count: [() => 1, { scope: 'file' }] });
// @ts-expect-error unknown fixture
test.extend({ todo: async ({ database }, use: Use<Todo>) => use(database) });
// @ts-expect-error unknown option
test.extend({ count: [async (_, use: Use<number>) => use(1), { autouse: true }] });
// @ts-expect-error not a scope
test.extend({ count: [async (_, use: Use<number>) => use(1), { scope: 'module' }] });

// Hooks and describe of an extended test.
byName.beforeEach(async ({ own, request }) => void [own.port, request.test.attempt]);
byName.afterEach(({ count }) => void count);
byName.beforeAll(async ({ list, request }) => void [list, expectEqual<typeof request.test, undefined>(true)]);
byName.afterAll(done => done());
byName.describe.useFixtures('own')('x', () => {});
// @ts-expect-error unknown fixture
byName.beforeEach(({ database }) => void database);
// @ts-expect-error unknown fixture
byName.describe.useFixtures('database');

// Merged.
const merged = mergeTests(byName, named, test.extend('third', new Date()));
merged('x', ({ own, todo, third, port }) => {
  expectEqual<[typeof own.name, typeof todo], [string, Todo]>(true);
  expectEqual<[typeof third, typeof port], [Date, number]>(true);
});
merged.extend('fourth', ({ third, list }) => [third, list] as const)('x', ({ fourth }) => {
  expectEqual<typeof fourth, readonly [Date, string[]]>(true);
});
// The later one wins, but what comes from the project does not count.
const replaces = test.extend('port', 'x').extend('own', 'of one');
mergeTests(replaces, test.extend('own', 2))('x', ({ port, own, todo }) => {
  expectEqual<[typeof port, typeof own, typeof todo], [string, number, Todo]>(true);
});
mergeTests(test.extend('own', 2), replaces)('x', ({ port, own }) => {
  expectEqual<[typeof port, typeof own], [string, string]>(true);
});
// @ts-expect-error neither has it
merged('x', ({ fourth }) => void fourth);
// @ts-expect-error not a test function
mergeTests(byName, { count: 1 });
// @ts-expect-error nothing to merge
mergeTests();

export const options: FixtureOptions = { auto: true };

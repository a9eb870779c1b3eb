// How long things live, in types.

import { type FixtureSet, fixture, type Link, test, type Use } from 'jest-loop';
import { expectEqual } from '../helpers';

// A chain is one object type, which a hover lists.
const set = fixture('a', 1).fixture('b', { scope: 'file' }, () => 'x');
expectEqual<typeof set, FixtureSet<{ a: Link<number, 'test'>; b: Link<string, 'file'> }>>(true);
set.fixture('c', { scope: 'file' }, ({ b }) => b.toUpperCase());
// @ts-expect-error "a" ends before the file does
set.fixture('c', { scope: 'file' }, ({ a }) => a);

// A bad option is reported where it stands.
fixture(
  'limited',
  {
    // @ts-expect-error a number
    timeout: 'x',
  },
  1,
);
test('limited', {
  // @ts-expect-error a number
  timeout: 'x',
}, () => {});
test.extend(
  'limited',
  {
    // @ts-expect-error a number
    timeout: 'x',
  },
  1,
);

// Playwright's two type arguments: the fixtures of tests, those of workers.
const both = test.extend<{ page: string }, { engine: number }>({
  page: async ({ engine }, use) => use(engine.toFixed()),
  engine: [async (_, use) => use(1), { scope: 'worker' }],
});
both('x', ({ page, engine, port }) => {
  expectEqual<[typeof page, typeof engine, typeof port], [string, number, number]>(true);
});
// biome-ignore lint/complexity/noBannedTypes: as Playwright's guide writes it
test.extend<{}, { engine: number }>({ engine: 1 })('x', ({ engine }) => void engine.toFixed());
// @ts-expect-error "engine" is missing
test.extend<{ page: string }, { engine: number }>({ page: 'x' });
// @ts-expect-error a number
test.extend<{ page: string }, { engine: number }>({ page: 'x', engine: 'y' });

// Without type arguments, functions see the inherited fixtures only.
test.extend({
  first: async (_, use: Use<number>) => use(1),
  // @ts-expect-error not one of them: the message says what to do
  second: async ({ first }, use: Use<string>) => use(String(first)),
});

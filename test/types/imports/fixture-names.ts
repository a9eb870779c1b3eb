// What a link of a chain may request: built-ins and earlier links that live as long as itself.

import { type Fixtures, type FixturesOf, fixture } from 'jest-loop';
import { expectEqual } from '../helpers';

fixture('a', 1).fixture('b', ({ a, request }) => [a.toFixed(), request.name]);
// @ts-expect-error there is no such link
fixture('a', 1).fixture('b', ({ c }) => c);
// @ts-expect-error it comes later
fixture('b', ({ a }) => a).fixture('a', 1);
// @ts-expect-error a name of the global Fixtures is not in this chain
fixture('b', ({ server }) => server);

// Scopes: the same or wider.
fixture('a', 1).fixture('b', ({ a }) => a);
fixture('a', { scope: 'describe' }, 1).fixture('b', ({ a }) => a);
fixture('a', { scope: 'file' }, 1).fixture('b', { scope: 'describe' }, ({ a }) => a);
fixture('a', { scope: 'session' }, 1).fixture('b', { scope: 'file' }, ({ a }) => a);
fixture('a', { scope: 'file' }, 1).fixture('b', { scope: 'file' }, ({ a }) => a);
// @ts-expect-error "b" would outlive "a"
fixture('a', 1).fixture('b', { scope: 'file' }, ({ a }) => a);
// @ts-expect-error "b" would outlive "a"
fixture('a', 1).fixture('b', { scope: 'describe' }, ({ a }) => a);
// @ts-expect-error "b" would outlive "a"
fixture('a', { scope: 'describe' }, 1).fixture('b', { scope: 'file' }, ({ a }) => a);
// @ts-expect-error "b" would outlive "a"
fixture('a', { scope: 'file' }, 1).fixture('b', { scope: 'worker' }, ({ a }) => a);

// One that overrides an earlier link keeps its scope, unless it gives another.
fixture('a', { scope: 'file' }, 1)
  .fixture('a', ({ a }) => a + 1)
  .fixture('b', { scope: 'file' }, ({ a }) => a);
fixture('a', { scope: 'file' }, 1)
  .fixture('a', { scope: 'test' }, ({ a }) => a + 1)
  // @ts-expect-error "b" would outlive the new "a"
  .fixture('b', { scope: 'file' }, ({ a }) => a);

// Others by annotation, which may not contradict the chain.
const annotated = fixture('a', 1)
  .fixture('b', ({ server }: Fixtures) => server)
  .fixture('c', ({ a, db }: { a: number; db: Date }) => [a, db] as const);
expectEqual<
  FixturesOf<typeof annotated>,
  Readonly<{ a: number; b: { url: string }; c: readonly [number, Date] }>
>(true);
// @ts-expect-error "a" is a number
fixture('a', 1).fixture('b', ({ a }: { a: string }) => a);
// @ts-expect-error "b" would outlive "a"
fixture('a', 1).fixture('b', { scope: 'file' }, ({ a }: { a: number }) => a);

// @ts-expect-error no fixture can be called request
fixture('request', 1);
// @ts-expect-error a function takes its dependencies and the request
fixture('a', (_deps, _request, _use) => 1);

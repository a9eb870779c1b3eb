const { describe, test, expect, fixture } = require('jest-loop');
const { it } = require('@jest/globals');

fixture('db', 'db');
test('without globals', ({ db }) => {
  expect(db).toBe('db');
  for (const name of ['test', 'it', 'fixture', 'mark', 'describe', 'fit'])
    expect([name, name in globalThis]).toEqual([name, false]);
});
it('by @jest/globals', ({ db }) => expect(db).toBe('db'));

describe('a default of the whole parameter', () => {
  const make = () => ({ calc: 1, request: 2, app: 3 });
  test('is what is given where nothing is declared', ({ request, ...others } = make()) => {
    expect([request, others.calc]).toEqual([2, 1]);
  });
  test('also an empty one', ({} = make(), ...none) => expect(none).toEqual([]));
  test('is not taken where a name is declared', ({ db, request, ...others } = make()) => {
    expect([db, request, others]).toEqual(['db', undefined, {}]);
  });
});

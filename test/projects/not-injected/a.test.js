const { test, expect, fixture } = require('jest-loop');
const { it } = require('@jest/globals');

fixture('db', 'db');
test('without globals', ({ db }) => {
  expect(db).toBe('db');
  for (const name of ['test', 'it', 'fixture', 'mark', 'describe', 'fit'])
    expect([name, name in globalThis]).toEqual([name, false]);
});
it('by @jest/globals', ({ db }) => expect(db).toBe('db'));

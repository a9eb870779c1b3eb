fixture('db', 1);
test('runs', ({ db }) => expect([db, globalThis.plain]).toEqual([1, true]));

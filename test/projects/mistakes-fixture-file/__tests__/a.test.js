test('sees it', ({ db }) => expect(db).toBe(1));

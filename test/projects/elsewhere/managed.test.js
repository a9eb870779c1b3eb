test('the others go on', ({ user, port }) => expect([user, port, hooked]).toEqual(['db', 1, true]));

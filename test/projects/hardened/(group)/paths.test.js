fixture('db', ({ unknown }) => unknown);
test('a path with parentheses', ({ db }) => {});
test('has lines', ({ request }) => expect(request.test.line).toBe(3));

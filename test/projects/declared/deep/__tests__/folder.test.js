test('a jest.fixtures file is no test, and its directory has its own', ({ where }) =>
  expect(where).toBe('nested'));

test('within rootDir', ({ where }) => expect(where).toBe('app'));

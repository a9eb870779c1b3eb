test('setup files are outermost, then jest.fixtures files', ({ where, chain }) => {
  expect(where).toBe('root directory');
  expect(chain).toEqual(['setup', 'root directory']);
});
test('a test-scoped fixture sees what its test sees', ({ onlySetup }) =>
  expect(onlySetup).toBe('setup sees root directory'));

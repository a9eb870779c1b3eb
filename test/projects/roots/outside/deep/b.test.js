test('from the outermost entry of roots', ({ where }) => expect(where).toBe('outside, deep'));
test('with shared fixtures', ({ shared }) => expect(shared).toEqual(['deep', 'jest.fixtures.js']));
test('and no further up', async ({ request }) => {
  await expect(request.get('far')).rejects.toThrow('../jest.fixtures.js is not loaded: it lies above roots.');
});

test('two failing teardowns fail an innocent test', ({ upload }) => {
  expect(upload).toBe('an upload through a socket');
});

test('they do not hide an error of the test', ({ upload }) => {
  expect(upload).toBe('an upload');
});

test('the test after them passes', () => {});

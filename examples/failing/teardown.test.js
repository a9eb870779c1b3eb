test('two failing teardowns fail a test that did nothing wrong', ({ upload }) => {
  expect(upload).toBe('an upload through a socket');
});

test('they do not hide what the test itself got wrong', ({ upload }) => {
  expect(upload).toBe('an upload');
});

test('the test after them passes', () => {});

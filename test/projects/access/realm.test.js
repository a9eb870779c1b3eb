test('instanceof', () => {
  expect(test).toBeInstanceOf(Function);
  expect(test.only).toBeInstanceOf(Function);
  expect(fixture).toBeInstanceOf(Function);
  expect(it).toBe(test);
  try {
    fixture('late', 1);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(error.code).toBe('ERR_FIXTURE_LATE');
  }
});
test('fit and xit are the forms', () => {
  expect(fit).toBe(test.only);
  expect(xtest).toBe(test.skip);
});
test('errors are of this realm', ({ request }) =>
  expect(request.get('unknown')).rejects.toBeInstanceOf(Error));
test('what is passed is of this realm', ({ request }) => {
  expect(request.test).toBeInstanceOf(Object);
  expect(request.get('x').catch(() => {})).toBeInstanceOf(Promise);
});

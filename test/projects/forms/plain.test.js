// What Jest has always done.
test('done', done => {
  setTimeout(done, 1);
});
test('done with an error', done => {
  done(new Error('by done'));
});
test('done and a promise', async done => {
  done();
});
test("an array pattern is the user's own affair", ([a] = [1]) => expect(a).toBe(1));
test('rest parameters', (...args) => expect(args).toEqual([]));
test('a default parameter', (a = 1) => expect(a).toBe(1));
test(
  function named() {},
  () => {},
);
test(class Classy {}, () => {});
test(42, () => {});
test('a returned value', () => 42);
test('this', function () {
  expect(this).toEqual({});
});
test('fake timers', () => {
  jest.useFakeTimers();
  const fn = jest.fn();
  setTimeout(fn, 1000);
  jest.advanceTimersByTime(1000);
  expect(fn).toHaveBeenCalledTimes(1);
  jest.useRealTimers();
});
test('assertions', () => {
  expect.assertions(1);
  expect(1).toBe(1);
});
test('nested tests are refused', () => {
  test('nested', () => {});
});
describe('errors of registration', () => {
  const error = fn => {
    try {
      fn();
    } catch (e) {
      return e.message;
    }
  };
  test.each([
    [
      error(() => test('no function')),
      'Missing second argument. It must be a callback function. Perhaps you want to use `test.todo` for a test placeholder.',
    ],
    [
      error(() => test('an object', {})),
      'Invalid second argument, [object Object]. It must be a callback function.',
    ],
    [error(() => test('a string', 'x')), 'Invalid second argument, x. It must be a callback function.'],
    [error(() => test.todo('todo', () => {})), 'Todo must be called with only a description.'],
    [error(() => beforeEach()), 'Invalid first argument. It must be a callback function.'],
  ])('are those of Jest: %s', (message, expected) => expect(message).toBe(expected));
});
describe('tables', () => {
  test.each('not a table')('a wrong table', () => {});
  test.each([])('an empty table', () => {});
  test.each`
    a    | b
    ${1}
  `('an incomplete template', () => {});
});
test('snapshot', () =>
  expect({ a: 1 }).toMatchInlineSnapshot(`
{
  "a": 1,
}
`));
test('timeout', () => new Promise(() => {}), 30);
describe('hooks', () => {
  beforeEach(done => {
    setTimeout(done, 1);
  });
  beforeEach(function () {
    this.seen = true;
  });
  test('with done', function () {
    expect(this.seen).toBe(true);
  });
  afterAll(() => {
    throw new Error('afterAll failed');
  });
});

fixture('greeting', 'hello');
fixture('extra', 'more');

test.each([
  [1, 2],
  [3, 4],
])('a column left out %i', (a, { greeting }) => {});
test.each([['x', { opt: 1 }]])('an object', (a, { greeting }) => {});
test.each([{ a: 1 }])('a row object', ({ a, greeting }) => {});
test.each`
  a    | b
  ${1} | ${2}
`('a template', ({ a, b, greeting }) => {});
test.each([[1, 2]])('with others after it', (a, { greeting }, { extra }) => {});
test.concurrent.each([[1, 2]])('at once', async (a, { greeting }) => {});
test.each([[1, 2]])('in an option', { tags: ['x'] }, (a, { greeting }) => {});

test.each([{ greeting: undefined }])('has it', ({ greeting }) => expect(greeting).toBeUndefined());
test.each([[1, 2]])('has a default', (a, { greeting = 7 }) => expect(greeting).toBe(7));
test.each([[1, 2]])('no fixture', (a, { other }) => expect(other).toBeUndefined());
test.each([[1, 2]])('a built-in', (a, { request }) => expect(request).toBeUndefined());
test.each([[1, 2]])('after the row', (a, b, { greeting }) => expect(greeting).toBe('hello'));
test.skip.each([[1, 2]])('skipped', (a, { greeting }) => {});

fixture('where', 'file');
fixture('chain', ({ chain }) => [...chain, 'file']);
fixture('chain', ({ chain }) => [...chain, 'file again']);

test('the nearest wins', ({ where }) => expect(where).toBe('file'));
test('each overriding fixture gets the one further out', ({ chain }) => {
  expect(chain).toEqual(['setup', 'root directory', 'deep', 'file', 'file again']);
});
describe('block', () => {
  fixture('where', 'block');
  fixture('chain', ({ chain }) => [...chain, 'block']);
  test('a block is nearer than its file', ({ where, chain }) => {
    expect(where).toBe('block');
    expect(chain.at(-1)).toBe('block');
  });
  test('what was declared further out sees it too', ({ onlySetup }) =>
    expect(onlySetup).toBe('setup sees block'));
  describe('inner block', () => {
    fixture('where', 'inner block');
    test('the innermost', ({ where }) => expect(where).toBe('inner block'));
  });
});
describe('beside', () => {
  test('another part of the tree does not see it', ({ where }) => expect(where).toBe('file'));
});

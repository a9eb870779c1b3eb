// Narrower than what it overrides: what is wider than its place becomes a scope of it.
fixture('onlyInTests', ({ onlyInTests }, { scope }) => `${scope} on ${onlyInTests}`);
test('becomes a fixture of the file', ({ onlyInTests }) => expect(onlyInTests).toBe('file on 1'));
describe('in a block', () => {
  test.override('onlyInTests', ({ onlyInTests }, { scope }) => `${scope} on ${onlyInTests}`);
  test('of the block', ({ onlyInTests }) => expect(onlyInTests).toBe('describe on file on 1'));
});

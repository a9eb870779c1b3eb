fixture('agent', { name: 'Smith' });

test('a test', () => {
  expect(agent.name).toBe('Smith');
});
test('of another one', ({ request }) => request.test.name === agent.name);
test('no fixture', () => agents.length);
test('handled', () => expect(() => agent).toThrow(/^agent is not defined$/));
describe('a hook', () => {
  beforeEach(async () => agent.name);
  test('of a test', () => {});
});
describe('a fixture', () => {
  fixture('name', () => agent.name);
  test('of a test', ({ name }) => name);
});

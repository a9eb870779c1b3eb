// Describe blocks get no fixtures.
fixture('greeting', 'hello');
describe('b', ({ greeting }) => {
  test('never', () => {});
});

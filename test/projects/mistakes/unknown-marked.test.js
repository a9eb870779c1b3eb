fixture('greeting', 'hello');
const used = test.useFixtures('gretings');

describe('by mark', () => {
  mark.useFixtures('greting');
  test('a test', () => {});
});
describe('by a block', { useFixtures: ['greetin'] }, () => {
  test('a test', () => {});
});
used('by a modifier', () => {});
test('by an option', { useFixtures: ['greetin'] }, () => {});

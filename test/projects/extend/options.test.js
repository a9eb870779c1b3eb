const { log, logged } = require('../log');

fixture('user', { scope: 'file' }, 'Bob');
fixture('greeting', ({ user }) => `hello ${user}`);
fixture('side', logged('side'));
fixture('wide', { scope: 'file' }, ({ user }) => `wide ${user}`);

test('overrides', { overrides: { user: 'Ada' } }, ({ greeting, user, wide }) => {
  expect([greeting, user, wide]).toEqual(['hello Ada', 'Ada', 'wide Bob']);
});
test('overrides by a function, on itself', { overrides: { user: ({ user }) => `${user} else` } }, ({
  greeting,
}) => {
  expect(greeting).toBe('hello Bob else');
});
test('and no further', ({ greeting }) => expect(greeting).toBe('hello Bob'));
test('useFixtures', { useFixtures: ['side'] }, () => log('body'));
test.useFixtures('side')('as a modifier', () => log('body of modifier'));
test.useFixtures('side').each([1])('with each %i', n => log(`body ${n}`));
describe.useFixtures('side')('a block', () => {
  test('of its tests', () => log('body in block'));
});
describe('mark', () => {
  mark.useFixtures('side');
  test('of its tests', () => log('marked body'));
});
test('timeout', { timeout: 20 }, async ({ user }) => {
  await new Promise(() => {});
});
test('the timeout of Jest itself', async ({ user }) => {
  await new Promise(() => {});
}, 30);
test('without fixtures', { timeout: 20 }, async () => {
  await new Promise(() => {});
});
test.each([[1, 2]])('each with options %i', { overrides: { user: 'row' } }, (a, b, { greeting }) => {
  expect([a, b, greeting]).toEqual([1, 2, 'hello row']);
});
test('setup: parallel', { setup: 'parallel' }, ({ greeting, side }) => log('parallel'));

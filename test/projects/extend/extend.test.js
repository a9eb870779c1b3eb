const { log, logged } = require('../log');

fixture('base', { scope: 'file' }, 1);
const withName = test.extend('name', 'Ada');
const withBoth = withName.extend('greeting', { scope: 'file' }, async function* ({ base }) {
  log('greeting up');
  yield `hello ${base}`;
  log('greeting down');
});

withName('has its fixture', ({ name, base }) => expect([name, base]).toEqual(['Ada', 1]));
withBoth('has those of the one that it extends', ({ name, greeting }) =>
  expect([name, greeting]).toEqual(['Ada', 'hello 1']),
);
withBoth('shares what is file-scoped', ({ greeting }) => expect(greeting).toBe('hello 1'));
test('others do not see it', async ({ request }) => {
  await expect(request.get('name')).rejects.toThrow('unknown fixture "name"');
});
withName.only === undefined ||
  describe('forms', () => {
    withName.each([[1], [2]])('each %i', (n, { name }) =>
      expect([typeof n, name]).toEqual(['number', 'Ada']),
    );
    withName.skip('skip', ({ name }) => {});
    withName.failing('failing', ({ name }) => expect(name).toBe('Bob'));
    withName.concurrent('concurrent', async ({ name }) => expect(name).toBe('Ada'));
    withName.todo('todo');
  });
describe('hooks see the fixtures of the test that runs', () => {
  beforeEach(({ name }) => log(`hook ${name}`));
  withName('extended', () => {});
});
describe('hooks of an extended test', () => {
  withName.beforeEach(({ name }) => log(`own hook ${name}`));
  test('run for every test', () => {});
});

const objectForm = test.extend({
  plain: 'plain',
  list: [1, 2, 3],
  pair: [['x', 'y'], { scope: 'file' }],
  used: async ({ plain }, use, request) => {
    log(`used up ${request.name}`);
    await use(`used ${plain}`);
    log('used down');
  },
  wide: [
    async ({}, use) => {
      log('wide up');
      await use('wide');
      log('wide down');
    },
    { scope: 'describe', auto: true },
  ],
});
objectForm('the object form', ({ plain, list, pair, used, wide }) => {
  expect([plain, list, pair, used, wide]).toEqual(['plain', [1, 2, 3], ['x', 'y'], 'used plain', 'wide']);
});
test('its auto fixtures are for its own tests', () => log('plain test'));

const a = test.extend({ fromA: 'a', both: 'a' });
const b = test.extend({ fromB: 'b', both: 'b' });
mergeTestsOf()(a, b)('mergeTests sees both, the last wins', ({ fromA, fromB, both }) => {
  expect([fromA, fromB, both]).toEqual(['a', 'b', 'b']);
});
const overBase = a.extend('both', ({ both }) => `${both}, overridden`);
const beside = a.extend('beside', ({ both }) => `beside ${both}`);
describe('mergeTests counts a shared base once, outermost', () => {
  const expected = { both: 'a, overridden', beside: 'beside a, overridden' };
  mergeTestsOf()(beside, overBase)('the override last', ({ both, beside }) =>
    expect({ both, beside }).toEqual(expected),
  );
  mergeTestsOf()(overBase, beside)('the override first', ({ both, beside }) =>
    expect({ both, beside }).toEqual(expected),
  );
  mergeTestsOf()(overBase, beside, a)('the base last', ({ both, beside }) =>
    expect({ both, beside }).toEqual(expected),
  );
});
function mergeTestsOf() {
  return require('jest-loop').mergeTests;
}

const over = withName.extend('name', ({ name }) => `${name} Lovelace`);
over('may wrap the one that it overrides', ({ name }) => expect(name).toBe('Ada Lovelace'));

describe('test.override', () => {
  test.override('base', 2);
  withName.override('name', ({ name }) => name.toUpperCase());
  withBoth('for this part of the tree', ({ base, name, greeting }) => {
    // greeting is file-scoped: it sees what the file sees.
    expect([base, name, greeting]).toEqual([2, 'ADA', 'hello 1']);
  });
  over('also for what extends it, around its own', ({ name }) => expect(name).toBe('ADA LOVELACE'));
  objectForm.override({ plain: 'other' });
  objectForm('in the object form', ({ used }) => expect(used).toBe('used other'));
});
withBoth('and no further', ({ base, name }) => expect([base, name]).toEqual([1, 'Ada']));

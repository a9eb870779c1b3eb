const { log, logged } = require('../log');

fixture('auto', { auto: true }, logged('auto'));
fixture('hookOwn', logged('hookOwn'));
fixture('own', logged('own'));
fixture('afterOwn', logged('afterOwn'));
fixture('allOwn', { scope: 'describe' }, logged('allOwn'));
fixture('wide', { scope: 'file' }, logged('wide'));

beforeAll(() => log('beforeAll'));
beforeEach(() => log('beforeEach'));
beforeEach(({ hookOwn }) => log(`beforeEach with ${hookOwn}`));
afterEach(({ afterOwn, hookOwn }) => log(`afterEach with ${afterOwn} ${hookOwn}`));
afterEach(() => log('afterEach'));
afterAll(() => log('afterAll'));

test('auto before the first hook, its own before a hook and before the body', ({ own }) => log('body'));
test('what is wider never comes after what is narrower', ({ own, wide }) => log('body'));
test('requests nothing', () => log('body'));
describe('block', () => {
  beforeAll(({ allOwn }) => log(`beforeAll with ${allOwn}`));
  afterAll(({ allOwn, wide }) => log(`afterAll with ${allOwn} ${wide}`));
  const seen = [];
  beforeEach(function ({ hookOwn }) {
    this.hook = hookOwn;
  });
  test('hooks share instances and this', function ({ hookOwn }) {
    expect(this.hook).toBe(hookOwn);
  });
  test('and overrides', { overrides: { hookOwn: 'overridden' } }, function ({ hookOwn }) {
    expect(this.hook).toBe('overridden');
  });
});

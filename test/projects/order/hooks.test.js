const { log, told } = require('../log');

fixture('auto', { auto: true }, told('auto'));
fixture('hookOwn', told('hookOwn'));
fixture('own', told('own'));
fixture('afterOwn', told('afterOwn'));
fixture('allOwn', { scope: 'describe' }, told('allOwn'));
fixture('wide', { scope: 'file' }, told('wide'));

beforeAll(() => log('beforeAll'));
beforeEach(() => log('beforeEach'));
beforeEach(({ hookOwn }) => log(`beforeEach with ${hookOwn}`));
afterEach(({ afterOwn, hookOwn }) => log(`afterEach with ${afterOwn} ${hookOwn}`));
afterEach(() => log('afterEach'));
afterAll(() => log('afterAll'));

test('auto before the first hook, its own before a hook and before the body', ({ own }) => log('body'));
test('what is wider never comes after what is narrower', ({ own, wide }) => log('body'));
test('asks for nothing', () => log('body'));
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

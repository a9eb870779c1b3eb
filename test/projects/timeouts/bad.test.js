// Values that are no limit.
const bad = (name, value) =>
  describe(name, () => {
    fixture('defaultAsyncTimeout', () => value);
    test('of a test', () => {});
  });
bad('zero', 0);
bad('negative', -1);
bad('NaN', NaN);
bad('text', '50');
bad('nothing', undefined);
describe('of a fixture', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, 'soon');
  fixture('db', { scope: 'describe' }, () => 'db');
  test('is reported where it is used', ({ db }) => {});
});
describe('of a hook', () => {
  fixture('describeDefaultAsyncTimeout', { scope: 'describe' }, null);
  beforeAll(() => {});
  test('too', () => {});
});
describe('asyncTimeout.set()', () => {
  test.each([[0], [-5], [NaN], ['50'], [undefined], [null], [{}]])('%p', (ms, { asyncTimeout }) => {
    asyncTimeout.set(ms);
  });
  test('is there after each, of this realm, with a code', ({ asyncTimeout }) => {
    expect(() => asyncTimeout.set(0)).toThrow(Error);
    expect(() => asyncTimeout.set(0)).toThrow(expect.objectContaining({ code: 'ERR_TIMEOUT_OPTION' }));
  });
});
describe('asyncTimeoutProvider', () => {
  describe('no provider', () => {
    fixture('asyncTimeoutProvider', 50);
    test('fails the test', () => {});
  });
  describe('no clock', () => {
    fixture('asyncTimeoutProvider', () => ({ load: () => 50 }));
    test('fails the test', () => {});
  });
  describe('load() throws', () => {
    fixture('asyncTimeoutProvider', () => ({
      load() {
        throw new Error('no clock today');
      },
    }));
    test('fails the test', () => {});
    fixture('db', () => 1);
    test('fails the fixture', ({ db }) => {});
  });
});

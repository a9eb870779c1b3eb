const { log } = require('../log');

const forever = () => new Promise(() => {});

// Whatever has no limit of its own here is far from its end.
test('third argument', forever, 20);
test('option', { timeout: 21 }, forever);
test('a third argument beside options wins', { timeout: 10_000 }, forever, 22);
test.each([[1]])('each with a third argument', n => forever(), 23);
test.each([[1]])('each with options', { timeout: 24 }, n => forever());
test('Infinity', { timeout: Infinity }, () => new Promise(resolve => setTimeout(resolve, 20)));
test(
  'longer than Node can wait',
  { timeout: 2 ** 40 },
  () => new Promise(resolve => setTimeout(resolve, 20)),
);
test('in time', { timeout: 5000 }, async () => {});

describe('hooks', () => {
  describe('beforeEach', () => {
    beforeEach(forever, 25);
    beforeEach(() => log('not after a beforeEach that failed'));
    afterEach(() => log('afterEach all the same'));
    test('a', () => log('not this body'));
  });
  describe('afterEach', () => {
    afterEach(forever, 26);
    test('a', () => {});
  });
  describe('beforeAll', () => {
    beforeAll(forever, 27);
    test('a', () => log('nor this'));
    test('b', () => log('nor this'));
  });
  describe('afterAll', () => {
    afterAll(forever, 28);
    test('a', () => {});
  });
});

fixture('slow', { timeout: 29 }, forever);
fixture('slowDown', { timeout: 230 }, async function* () {
  yield;
  await forever();
});
test('set-up of a fixture', ({ slow }) => log('nor this'));
test('teardown of a fixture', ({ slowDown }) => {});
fixture('bothPhases', { timeout: 700 }, async function* () {
  await new Promise(resolve => setTimeout(resolve, 400));
  yield;
  await new Promise(resolve => setTimeout(resolve, 400));
  log('each phase has all of the limit');
});
test('each phase has a limit of its own', ({ bothPhases }) => {});

describe('fake timers', () => {
  afterEach(() => jest.useRealTimers());
  test('that stand still', { timeout: 40 }, () => {
    jest.useFakeTimers();
    return new Promise(resolve => setTimeout(resolve, 5));
  });
  describe('that advance', () => {
    beforeAll(() => void jest.useFakeTimers({ advanceTimers: true }));
    test('of a hook', { timeout: 41 }, forever);
  });
});

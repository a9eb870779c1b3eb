const { getRunningLoop } = require('jest-loop');
const { log, logged } = require('../log');

const inLoop = () => {
  try {
    return getRunningLoop().name;
  } catch {
    return 'no Loop';
  }
};

fixture('auto', { auto: true }, logged('auto'));
fixture('db', logged('db'));
beforeAll(() => log(`beforeAll in ${inLoop()}`));
beforeEach(() => log(`beforeEach in ${inLoop()}`));
afterEach(() => log(`afterEach in ${inLoop()}`));
afterAll(() => log(`afterAll in ${inLoop()}`));

test('nothing of it', () => log(inLoop()));
test('with done', done => {
  log(inLoop());
  done();
});
test('an async one', async () => log(inLoop()));
test('with options that say nothing', { timeout: 1000, tags: ['a'] }, () => log(inLoop()));
test.each([1])('a row %i', () => log(inLoop()));
test('a fixture', ({ db }) => log(inLoop()));
test('a built-in fixture', ({ eventLoop }) => log(inLoop()));
test('request', ({ request }) => log(inLoop()));
// biome-ignore lint/correctness/noEmptyPattern: what is tried
test('a parameter for fixtures, which names none', ({}) => log(inLoop()));
test.loop('test.loop', () => log(inLoop()));
test('the option loop', { loop: true }, () => log(inLoop()));
test.useFixtures('db')('useFixtures', () => log(inLoop()));
test.catchLoopExceptions('catchLoopExceptions', () => log(inLoop()));
test.catchLoopExceptions(false)('catchLoopExceptions(false)', () => log(inLoop()));
test.forbidGetEventLoop('forbidGetEventLoop', () => log(inLoop()));
test.loopScope('file')('loopScope', () => log(inLoop()));
test.loop.each([1])('test.loop.each %i', () => log(inLoop()));
describe('mark.loop()', () => {
  mark.loop();
  test('a test of the block', () => log(inLoop()));
  describe('inside', () => {
    test('a test of a block in it', () => log(inLoop()));
    test('loop: false', { loop: false }, () => log(inLoop()));
  });
});
describe.loop('describe.loop', () => {
  test('describe.loop', () => log(inLoop()));
});
describe('describe with an option', { loop: true }, () => {
  test('describe with an option', () => log(inLoop()));
});
describe('hooks that ask', () => {
  beforeEach(({ db }) => log(`requests ${db}`));
  test('a hook that asks', () => log(inLoop()));
});
test('Loop used inside of a plain test', async () => {
  const { Loop } = require('jest-loop');
  const loop = new Loop();
  expect(await loop.runUntilComplete(async () => inLoop())).toBe('loop');
  await loop.close();
});

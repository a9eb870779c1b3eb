fixture('db', 1);
describe('a hook that asks for fixtures', () => {
  beforeEach(async function* ({ db }) {
    yield;
  });
  test('fails its tests', () => {});
});
describe.each(['beforeEach', 'afterEach', 'beforeAll'])('%s of a test function', type => {
  test[type](async function* () {
    yield;
  });
  test('fails its tests', () => {});
});
describe('a hook of Jest', () => {
  beforeEach(async function* () {
    yield;
  });
  test('is left to Jest, which does not run it', () => {});
});

const { kinds, wait } = require('./kinds');

describe('in a test', () => {
  test.each(Object.keys(kinds))('%s', async kind => {
    kinds[kind]();
    await wait();
  });
});

describe('in the set-up of a fixture', () => {
  for (const kind of Object.keys(kinds)) {
    fixture(kind, async () => {
      kinds[kind]();
      await wait();
    });
    test.useFixtures(kind)(kind, () => {});
  }
});

describe('in the teardown of a fixture', () => {
  for (const kind of Object.keys(kinds)) {
    fixture(kind, async function* () {
      yield;
      kinds[kind]();
      await wait();
    });
    test.useFixtures(kind)(kind, () => {});
  }
});

describe.each(['beforeEach', 'afterEach'])('in %s', name => {
  describe.each(Object.keys(kinds))('%s', kind => {
    global[name](async () => {
      kinds[kind]();
      await wait();
    });
    test('test', () => {});
  });
});
test('one that runs between them is not blamed', () => wait());

// What a teardown may do, in a file with each-hooks and in one without: there a test ends at another moment.
const assert = require('node:assert');
const { log } = require('../../log');

module.exports = () => {
  fixture('end', (_, { onCleanup, test }) => {
    const end = fn => onCleanup(() => fn(test.outcome));
    return end;
  });

  test('a teardown may load a file and fake the time', ({ end }) => {
    end(outcome => {
      jest.useFakeTimers();
      jest.useRealTimers();
      log(`${require('./loaded-at-end')} after the test ${outcome}`);
    });
  });

  test('the assertion of a teardown is shown as any other', ({ end }) => {
    end(() => assert.strictEqual(1, 2));
  });

  test('the expectations of a teardown count', ({ end }) => {
    expect.assertions(1);
    end(() => expect(1).toBe(1));
  });

  test('expects one more', ({ end }) => {
    expect.assertions(2);
    end(() => expect(1).toBe(1));
  });

  test('fails first', ({ end }) => {
    end(outcome => {
      throw new Error(`the teardown of a test that ${outcome}`);
    });
    throw new Error('the body');
  });

  test.failing('a failing teardown is no failing body', ({ end }) => {
    end(() => {
      throw new Error('the teardown');
    });
    throw new Error('the body');
  });

  test.failing('passes', ({ end }) => {
    end(outcome => log(`passes: ${outcome}`));
  });
};

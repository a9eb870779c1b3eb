const { log } = require('../log');
const forever = () => new Promise(() => {});
const { sleep } = require('jest-loop');

describe('test.failing', () => {
  test.failing('a limit that expires is the failure it waits for', { timeout: 20 }, forever);
  fixture('slow', { timeout: 21 }, forever);
  test.failing('but not that of a fixture', ({ slow }) => {});
  fixture('slowDown', { timeout: 222 }, async function* () {
    yield;
    await forever();
  });
  test.failing('nor that of a teardown', ({ slowDown }) => {
    throw new Error('as expected');
  });
});

describe('done', () => {
  test('that never comes', done => {}, 20);
  test('with a timer', done => {
    setTimeout(done, 5000);
  }, 21);
  test('in time', done => {
    setTimeout(done, 5);
  });
  describe('hooks', () => {
    beforeEach(done => {}, 22);
    test('too', () => {});
  });
  describe('hooks for all', () => {
    beforeAll(done => {}, 23);
    test('too', () => {});
  });
});

describe('other bodies', () => {
  test('a thenable', { timeout: 24 }, () => ({ then() {} }));
  test('this', { timeout: 25 }, async function () {
    await forever();
  });
  test.each`
    a
    ${1}
  `('a table $a', async ({ a }) => forever(), 26);
});

describe.each([[1]])('describe.each %i', () => {
  test('inside', { timeout: 27 }, forever);
});

'use strict';

/* Forms with `only`: all others of this file are skipped. */
const never = () => {
  throw new Error('must not run');
};

test('plain', never);
test.loop('marked', never);
describe.loop('block', () => {
  test('of it', never);
});

test.only.catchLoopExceptions('only first', () => {});
test.catchLoopExceptions.only('only last', () => {});
test.catchLoopExceptions(false).only('only after an argument', () => {});
test.only.loopScope('file')('only, then an argument', () => {});
test.only.catchLoopExceptions.each([[1, 2]])('only.catchLoopExceptions.each %i %i', (a, b, { request }) => {
  expect([a, b, request.test.attempt]).toEqual([1, 2, 1]);
});
test.loop.only.each([1])('loop.only.each %i', () => {});
test.only.failing.loop('only.failing.loop', never);
test.loop.only.failing('loop.only.failing', never);
test.loop.concurrent.only('loop.concurrent.only', async () => {});
test.only('options', { loop: true }, () => {});
fit.loop('fit', () => {});
describe.only.catchLoopExceptions('describe.only.catchLoopExceptions', () => {
  test('of it', () => {});
});
describe.catchLoopExceptions(false).only('describe.catchLoopExceptions(false).only', () => {
  test('of it', () => {});
});
describe.only.loop.each([[1]])('describe.only.loop.each %i', n => {
  test('of it', () => expect(n).toBe(1));
});
describe.only('describe.only with options', { loopScope: 'file' }, () => {
  test('of it', () => {});
});
fdescribe.loop('fdescribe', () => {
  test('of it', () => {});
});

import { runInNewContext } from 'node:vm';
import { isThenable } from '../../../src/loop/promises';

test.each([
  [Promise.resolve(), true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [{ then() {} }, true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [Object.assign(() => {}, { then() {} }), true],
  [runInNewContext('Promise.resolve()'), true],
  // biome-ignore lint/suspicious/noThenProperty: that is the case
  [{ then: 1 }, false],
  [null, false],
  [undefined, false],
  ['then', false],
  [() => {}, false],
])('whether %p can be awaited is %p', (value, thenable) => {
  expect(isThenable(value)).toBe(thenable);
});

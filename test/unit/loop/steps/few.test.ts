import { runInNewContext } from 'node:vm';
import { type Few, listOf, minus, plus } from '../../../../src/loop/steps/few';

const [a, b, c] = [{ is: 'a' }, { is: 'b' }, { is: 'c' }];
type Item = typeof a;

test('one after the other comes and goes', () => {
  let few: Few<Item>;
  const sizes: number[] = [];
  for (const item of [a, b, c]) {
    few = plus(few, item);
    sizes.push(listOf(few).length);
  }
  expect(listOf(few)).toEqual([a, b, c]);
  for (const item of [b, a, c]) {
    few = minus(few, item);
    sizes.push(listOf(few).length);
  }
  expect(sizes).toEqual([1, 2, 3, 2, 1, 0]);
  expect(few).toBeUndefined();
});

test('removing an absent one does nothing', () => {
  expect(minus(undefined, a)).toBeUndefined();
  expect(minus(a, b)).toBe(a);
  expect(listOf(minus(plus(a, b), c))).toEqual([a, b]);
});

test('a list is a snapshot', () => {
  const few = plus(plus(undefined, a), b);
  const list = listOf(few);
  minus(few, a);
  expect(list).toEqual([a, b]);
});

test('a set of another realm is a set', () => {
  const foreign = (): Few<Item> => runInNewContext('items => new Set(items)')([a, b]);
  expect(listOf(foreign())).toEqual([a, b]);
  expect(listOf(plus(foreign(), c))).toEqual([a, b, c]);
  expect(listOf(minus(foreign(), a))).toEqual([b]);
});

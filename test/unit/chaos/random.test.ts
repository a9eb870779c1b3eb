import { Random } from '../../../src/chaos/random';

const first = (text: string, count: number): number[] => {
  const random = new Random(text);
  return Array.from({ length: count }, () => random.next());
};

test('the same text gives the same numbers, on every version of Node', () => {
  expect(first('4711\nadds', 4)).toEqual([345947197, 2918277935, 3063381160, 3904227279]);
});

test('texts that are alike give numbers that are not', () => {
  const seen = new Set(Array.from({ length: 1000 }, (_, seed) => first(`${seed}\nadds`, 1)[0]));
  expect(seen.size).toBe(1000);
  // One bit on average as often as not.
  const bits = [...seen].map(number => (number! >>> 31) & 1);
  const ones = bits.reduce((sum, bit) => sum + bit, 0);
  expect(ones).toBeGreaterThan(430);
  expect(ones).toBeLessThan(570);
});

test('whole numbers below 2 to the 32nd', () => {
  for (const number of first('', 100)) {
    expect(Number.isInteger(number)).toBe(true);
    expect(number).toBeGreaterThanOrEqual(0);
    expect(number).toBeLessThan(2 ** 32);
  }
});

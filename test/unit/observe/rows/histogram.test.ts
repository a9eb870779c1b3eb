import { Histogram } from '../../../../src/observe/rows/histogram';

const histogramOf = (values: readonly number[]): Histogram => {
  const made = new Histogram();
  for (const value of values) made.add(value);
  return made;
};

test.each([
  [[], 0],
  [[5], 5],
  [[1, 100], 50.5],
  [[3, 1, 2], 2],
  [[0, 0, 7], 0],
])('the median of %j is %d', (values, expected) => {
  expect(histogramOf(values).median).toBeCloseTo(expected, 6);
});

test('the median of many values is within half a percent, whatever their number', () => {
  const values = Array.from({ length: 10_001 }, (_, i) => 1 + i / 10);
  const { median, count, slowest, total } = histogramOf(values);
  expect(Math.abs(median / values[5000]! - 1)).toBeLessThan(0.005);
  expect(count).toBe(10_001);
  expect(slowest).toBe(values.at(-1));
  expect(total).toBeCloseTo(
    values.reduce((a, b) => a + b, 0),
    3,
  );
});

'use strict';

/** Minimum, median and maximum. */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1) };
}

/** The values at a quarter, the middle and three quarters. */
function quartiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part => sorted[Math.round((sorted.length - 1) * part)];
  return [at(0.25), spread(sorted).median, at(0.75)];
}

/** The slope of the best-fitting line. */
function slope(points) {
  const mean = pick => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const mx = mean(([x]) => x);
  const my = mean(([, y]) => y);
  return mean(([x, y]) => (x - mx) * (y - my)) / mean(([x]) => (x - mx) ** 2);
}

module.exports = { quartiles, spread, slope };

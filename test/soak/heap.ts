/** The growth of the heap per test, in bytes: the last third of the samples against the third before it. */
export function growth(events: readonly string[], step: number): number {
  const samples = events.filter(event => event.startsWith('heap: ')).map(event => Number(event.slice(6)));
  const third = Math.floor(samples.length / 3);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return (mean(samples.slice(-third)) - mean(samples.slice(-2 * third, -third))) / (third * step);
}

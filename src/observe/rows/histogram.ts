/** How much wider each class is than the one before: a median is off by half of that at most. */
const WIDTH = 1.01;

/** Durations in ms, in classes: however many they are, they need little memory. */
export class Histogram {
  count = 0;
  total = 0;
  slowest = 0;
  readonly #classes = new Map<number, { count: number; total: number }>();

  add(ms: number): void {
    this.count++;
    this.total += ms;
    this.slowest = Math.max(this.slowest, ms);
    const at = Math.round(Math.log(Math.max(ms, 0.001)) / Math.log(WIDTH));
    const found = this.#classes.get(at);
    if (found === undefined) this.#classes.set(at, { count: 1, total: ms });
    else {
      found.count++;
      found.total += ms;
    }
  }

  /** Within half a percent; 0 without any. */
  get median(): number {
    const sorted = [...this.#classes].sort(([a], [b]) => a - b).map(([, found]) => found);
    const valueAt = (index: number): number => {
      let seen = 0;
      for (const { count, total } of sorted) {
        seen += count;
        if (index < seen) return total / count;
      }
      return 0;
    };
    return (valueAt(Math.floor((this.count - 1) / 2)) + valueAt(Math.floor(this.count / 2))) / 2;
  }
}

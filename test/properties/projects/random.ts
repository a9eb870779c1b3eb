/** Seeded random numbers: the same seed gives the same project for ever. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }

  /** From 0 to below `end`. Mulberry32. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % end;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** At most `max` of them, in a random order. */
  some<T>(from: readonly T[], max: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    for (let count = this.below(Math.min(max, left.length) + 1); count > 0; count--)
      taken.push(...left.splice(this.below(left.length), 1));
    return taken;
  }

  /** Between `min` and `max` of what `make` makes. */
  list<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.below(max - min + 1) }, make);
  }
}

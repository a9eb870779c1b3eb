import type { Shaping } from './shaping';

/** The delay of one direction: what was set, unless a slowdown is active; of several, the last that began counts. */
export class Delays {
  #base = 0;
  readonly #slowdowns = new Set<{ readonly delay: number }>();

  constructor(readonly shaping: Shaping) {}

  set(delay: number): void {
    this.#base = delay;
    this.#apply();
  }

  /** Begins a slowdown; gives what ends it, in any order. */
  slowDown(delay: number): () => void {
    const slowdown = { delay };
    this.#slowdowns.add(slowdown);
    this.#apply();
    return () => {
      if (this.#slowdowns.delete(slowdown)) this.#apply();
    };
  }

  #apply(): void {
    const last = [...this.#slowdowns].at(-1);
    this.shaping.set({ delay: last?.delay ?? this.#base });
  }
}

import type { Deviation } from './chooser';

/** Ready work as the log keeps it. */
export interface Logged {
  /** `setTimeout(fn, 10)`, `task "pump"`. */
  describe(): string;
  /** Where it was created. */
  readonly site: Error | undefined;
}

/** One scheduling decision: several pieces of work were ready. */
export interface Decision {
  readonly step: number;
  /** In real order, up to {@link MOST_KEPT}; `ready[0]` would have run first. */
  readonly ready: readonly Logged[];
  /** The index of the one that was taken. */
  readonly index: number;
  readonly taken: Logged;
}

/** So much ready work is kept for each decision, and so many decisions: the last ones. */
const MOST_KEPT = 50;
const MOST_DECISIONS = 10_000;

/** The scheduling decisions of one attempt of a test. */
export class Decisions {
  readonly #kept: Decision[] = [];
  readonly #deviations: Deviation[] = [];
  #steps = 0;

  /** The number of decisions so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Where the order differs from the real one. */
  get deviations(): readonly Deviation[] {
    return this.#deviations;
  }

  add(ready: readonly Logged[], index: number): void {
    const step = this.#steps++;
    if (index > 0) this.#deviations.push({ step, index });
    const decision = { step, ready: ready.slice(0, MOST_KEPT), index, taken: ready[index]! };
    this.#kept.push(decision);
    // Not one by one: that costs the whole list each time.
    if (this.#kept.length > 2 * MOST_DECISIONS) this.#kept.splice(0, MOST_DECISIONS);
  }

  /** The decision at a step; undefined if it was not kept, or not made. */
  at(step: number): Decision | undefined {
    return this.#kept.find(decision => decision.step === step);
  }

  /** The last decision that differs from real order. */
  get lastDeviation(): Decision | undefined {
    const last = this.#deviations.at(-1);
    return last && this.at(last.step);
  }
}

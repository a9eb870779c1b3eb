import { Random } from './random';

/** Work that is ready, in real order: the order in which it would run without chaos. */
export interface Ready {
  /** Its priority under a seed; undefined before it is drawn. */
  priority: number | undefined;
  /** How often other work went first. */
  passedOver: number;
}

/** Decides which ready work goes first: the index of one; 0 is the first in real order. */
export interface Chooser {
  choose(ready: readonly Ready[], step: number): number;
}

/** Work that others were preferred to so often goes first: code that polls must not keep it waiting for ever. */
export const MOST_PASSED_OVER = 64;

/**
 * The order of a seed. Each piece of work draws a priority when it is first seen, and the highest goes first. So all
 * permutations of what is ready at once are equally likely, and a piece of work that has to wait for a whole chain of
 * others to show a race does so with a chance of 1/n, not of 1/2ⁿ as if each step was drawn anew.
 */
export class SeededChooser implements Chooser {
  readonly #random: Random;

  constructor(seed: number, test: string) {
    this.#random = new Random(`${seed}\n${test}`);
  }

  choose(ready: readonly Ready[]): number {
    let chosen = 0;
    for (let index = 0; index < ready.length; index++) {
      const each = ready[index]!;
      each.priority ??= this.#random.next();
      if (each.passedOver >= MOST_PASSED_OVER) return index;
      if (each.priority > ready[chosen]!.priority!) chosen = index;
    }
    return chosen;
  }
}

/** One deviation from real order: at this step, the work at this index (not 0) goes first. */
export interface Deviation {
  readonly step: number;
  readonly index: number;
}

/** An order given by its deviations from real order. */
export class GivenChooser implements Chooser {
  readonly #deviations: ReadonlyMap<number, number>;

  constructor(deviations: readonly Deviation[]) {
    this.#deviations = new Map(deviations.map(({ step, index }) => [step, index]));
  }

  choose(ready: readonly Ready[], step: number): number {
    const index = this.#deviations.get(step) ?? 0;
    // An earlier change may have left less to choose from.
    return index < ready.length ? index : 0;
  }
}

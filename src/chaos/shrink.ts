import type { Deviation } from './chooser';

type Deviations = readonly Deviation[];

/** Requests a test run with these deviations; resumed with whether the test failed as before. */
export type Trials<T> = Generator<Deviations, T, boolean>;

/**
 * Looks for fewer deviations from real order with which a test still fails. What it returns is as small as possible if
 * `budget` suffices: without any one of its deviations the test passes, and each takes work that is as early in real
 * order as possible. Empty if the test fails in real order, too; undefined if it does not fail again with `failing`
 * itself: more than the order decides. The last trial that failed was the one with the returned deviations.
 */
export function* shrink(failing: Deviations, budget: Budget): Trials<Deviations | undefined> {
  if (yield* fails([], budget)) return [];
  if (!(yield* fails(failing, budget))) return undefined;
  const fewer = yield* dropMany(failing, budget);
  return yield* dropLast(yield* moveLater(fewer, budget), budget);
}

/** How many trials may still be made. */
export interface Budget {
  left: number;
}

function* fails(deviations: Deviations, budget: Budget): Trials<boolean> {
  if (budget.left <= 0) return false;
  budget.left--;
  return yield deviations;
}

/**
 * Drops deviations, first many at a time: Zeller's ddmin, where only complements are tried.
 * https://www.debuggingbook.org/html/DeltaDebugger.html
 */
function* dropMany(failing: Deviations, budget: Budget): Trials<Deviations> {
  let kept = failing;
  let size = Math.ceil(kept.length / 2);
  while (kept.length > 1 && budget.left > 0) {
    const before = kept.length;
    // From the end: the last deviations are mostly those after the failure was decided.
    for (let end = before; end > 0 && kept.length > 1; end -= size) {
      const rest = [...kept.slice(0, Math.max(0, end - size)), ...kept.slice(end)];
      if (rest.length > 0 && (yield* fails(rest, budget))) kept = rest;
    }
    // Without one, another may not be needed either.
    if (size === 1 && kept.length === before) break;
    size = Math.ceil(size / 2);
  }
  return kept;
}

/**
 * Lets the work that a deviation takes go first a step later, after the one that is first in real order. If the test
 * still fails, the one that went first is irrelevant. In the end it is the order of two pieces of work that decides.
 */
function* moveLater(failing: Deviations, budget: Budget): Trials<Deviations> {
  let kept = failing;
  for (let at = kept.length - 1; at >= 0; at--) {
    for (;;) {
      const { step, index } = kept[at]!;
      if (index < 2 || kept.some(other => other.step === step + 1)) break;
      const later = kept.map((each, place) => (place === at ? { step: step + 1, index: index - 1 } : each));
      if (!(yield* fails(later, budget))) break;
      kept = later;
    }
  }
  return kept;
}

/** Drops the last deviations that are not needed any more, so that the last one is where failing and passing part. */
function* dropLast(failing: Deviations, budget: Budget): Trials<Deviations> {
  let kept = failing;
  while (kept.length > 1 && (yield* fails(kept.slice(0, -1), budget))) kept = kept.slice(0, -1);
  return kept;
}

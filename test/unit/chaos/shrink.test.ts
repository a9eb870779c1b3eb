import type { Deviation } from '../../../src/chaos/chooser';
import { shrink } from '../../../src/chaos/shrink';
import * as fc from '../../fast-check';

type Deviations = readonly Deviation[];

/** Runs a search; `fails` says whether a test fails with these deviations. */
function search(
  failing: Deviations,
  fails: (deviations: Deviations) => boolean,
  most = 1000,
): { found: Deviations | undefined; trials: number } {
  const trials = shrink(failing, { left: most });
  let count = 0;
  let next = trials.next();
  while (!next.done) {
    count++;
    next = trials.next(fails(next.value));
  }
  return { found: next.value, trials: count };
}

const at = (...steps: number[]): Deviation[] => steps.map(step => ({ step, index: 1 }));
const has = (deviations: Deviations, ...steps: number[]): boolean =>
  steps.every(step => deviations.some(each => each.step === step));

test('one of many', () => {
  const all = at(...Array.from({ length: 100 }, (_, step) => step * 2));
  const { found, trials } = search(all, given => has(given, 42));
  expect(found).toEqual(at(42));
  expect(trials).toBeLessThan(25);
});

test('two that are only needed together', () => {
  const all = at(...Array.from({ length: 64 }, (_, step) => step));
  const { found, trials } = search(all, given => has(given, 3, 60));
  expect(found).toEqual(at(3, 60));
  expect(trials).toBeLessThan(80);
});

test('a test that fails in real order, too', () => {
  expect(search(at(1, 2), () => true).found).toEqual([]);
});

test('a failure that does not come again', () => {
  expect(search(at(1, 2), () => false)).toEqual({ found: undefined, trials: 2 });
});

test('work that is taken too early by more than needed goes later', () => {
  // The third of three at step 4 has to run before the second: that is decided at step 5.
  const fails = ([only]: Deviations): boolean =>
    only !== undefined && ((only.step === 4 && only.index === 2) || (only.step === 5 && only.index === 1));
  expect(search([{ step: 4, index: 2 }], fails).found).toEqual([{ step: 5, index: 1 }]);
});

test('it stops when the trials are used up, with what still fails', () => {
  const all = at(...Array.from({ length: 64 }, (_, step) => step));
  const fails = (given: Deviations): boolean => has(given, 3, 60);
  const { found, trials } = search(all, fails, 10);
  expect(trials).toBe(10);
  expect(fails(found!)).toBe(true);
});

test('nothing found can be smaller', () => {
  const steps = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), (all, size) => {
      const needed = all.slice(0, size);
      const given = at(...[...all].sort((a, b) => a - b));
      const { found } = search(given, tried => has(tried, ...needed));
      expect(found).toEqual(at(...[...needed].sort((a, b) => a - b)));
    }),
  );
});

import type { Chooser, Ready } from '../../../src/chaos/chooser';
import { Decisions, type Logged } from '../../../src/chaos/decisions';
import { Hunt } from '../../../src/chaos/hunt';

/** Work by its name. */
interface Item extends Ready, Logged {
  readonly name: string;
}

const item = (name: string): Item => ({
  name,
  priority: undefined,
  passedOver: 0,
  site: undefined,
  describe: () => name,
});

/** Runs rounds of work, all of a round ready at once, in an order. */
function attempt(order: Chooser, rounds: readonly string[]): { taken: string; decisions: Decisions } {
  const decisions = new Decisions();
  let taken = '';
  for (const round of rounds) {
    const ready = round.split('').map(item);
    while (ready.length > 0) {
      if (ready.length === 1) {
        taken += ready.pop()!.name;
        continue;
      }
      const index = order.choose(ready, decisions.steps);
      decisions.add(ready, index);
      taken += ready.splice(index, 1)[0]!.name;
    }
  }
  return { taken, decisions };
}

function hunt(
  rounds: readonly string[],
  fails: (taken: string) => string | undefined,
  races = 100,
): { hunt: Hunt; all: string[] } {
  const found = new Hunt(races, 5, 'a test', () => 0);
  const all: string[] = [];
  for (let again = true; again; ) {
    const { taken, decisions } = attempt(found.nextChooser(), rounds);
    all.push(taken);
    again = found.ended({ failure: fails(taken), decisions });
  }
  return { hunt: found, all };
}

test('a test without a race runs as often as `--races` says', () => {
  const { hunt: found, all } = hunt(['abc', 'de'], () => undefined, 20);
  expect(found.race).toBeUndefined();
  expect(all).toHaveLength(20);
  expect(new Set(all).size).toBeGreaterThan(8);
});

test('two callbacks whose order decides are found among many', () => {
  const rounds = ['abc', 'defg', 'hijk', 'lmno', 'pq'];
  const { hunt: found } = hunt(rounds, taken =>
    taken.indexOf('j') < taken.indexOf('i') ? 'lost' : undefined,
  );
  const { race } = found;
  expect(race).toMatchObject({ cause: 'order', races: 100, deviations: 1 });
  expect(race!.seed).toBe(5 + race!.run - 1);
  expect([race!.step!.ready[0]!.describe(), race!.step!.taken.describe()]).toEqual(['i', 'j']);
  // What follows replays the failure.
  const { taken } = attempt(found.nextChooser(), rounds);
  expect(taken.indexOf('j')).toBeLessThan(taken.indexOf('i'));
  expect(found.ended({ failure: 'lost', decisions: undefined })).toBe(false);
});

test('a race that takes two steps', () => {
  const rounds = ['abc', 'defg', 'hijk', 'lmno', 'pq'];
  const fails = (taken: string): string | undefined =>
    taken.indexOf('c') < taken.indexOf('a') && taken.indexOf('o') < taken.indexOf('n') ? 'lost' : undefined;
  const { race } = hunt(rounds, fails).hunt;
  expect(race).toMatchObject({ cause: 'order', deviations: 2 });
  expect([race!.step!.ready[0]!.describe(), race!.step!.taken.describe()]).toEqual(['n', 'o']);
});

test('another failure in a simpler order does not count', () => {
  const fails = (taken: string): string =>
    taken.startsWith('c') ? 'first' : taken.startsWith('b') ? 'second' : 'third';
  const { race } = hunt(['abc', 'de'], fails).hunt;
  expect(race!.run).toBe(1);
  expect(['order', 'always']).toContain(race!.cause);
});

test('a test that fails in each order', () => {
  const { hunt: found, all } = hunt(['abc'], () => 'broken');
  expect(found.race).toMatchObject({ cause: 'always', run: 1, seed: 5, step: undefined });
  expect(all.length).toBeLessThan(3);
});

test('a failure that does not come again in the same order', () => {
  let count = 0;
  const { race } = hunt(['abcdef'], () => (++count === 3 ? 'now and then' : undefined)).hunt;
  expect(race).toMatchObject({ cause: 'unsteady', run: 3, seed: 7 });
  expect(race!.step).toBeDefined();
});

test('no attempt follows once it is stopped', () => {
  const found = new Hunt(100, 1, 'a test', () => 0);
  expect(found.goesOn).toBe(true);
  found.stop();
  expect([found.goesOn, found.ended({ failure: undefined, decisions: undefined })]).toEqual([false, false]);
});

test('the search for a simpler order takes at most ten seconds', () => {
  let time = 0;
  const found = new Hunt(100, 1, 'a test', () => time);
  const rounds = ['abcdefgh', 'ijklmnop', 'qrstuvwx'];
  let attempts = 0;
  for (let again = true; again; attempts++) {
    time += 4000;
    const { taken, decisions } = attempt(found.nextChooser(), rounds);
    again = found.ended({
      failure: taken.indexOf('x') < taken.indexOf('w') ? 'lost' : undefined,
      decisions,
    });
  }
  expect(attempts - found.race!.run).toBeLessThanOrEqual(4);
  expect(found.race!.cause).toBe('order');
});

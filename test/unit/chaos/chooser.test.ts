import { GivenChooser, MOST_PASSED_OVER, type Ready, SeededChooser } from '../../../src/chaos/chooser';

const work = (): Ready => ({ priority: undefined, passedOver: 0 });

/** The permutation in which a seed takes n pieces of work that are ready at once. */
function permutation(seed: number, n: number, name = 'a test'): string {
  const order = new SeededChooser(seed, name);
  const all = Array.from({ length: n }, work);
  const left = [...all];
  const taken: number[] = [];
  while (left.length > 0) taken.push(all.indexOf(left.splice(order.choose(left), 1)[0]!));
  return taken.join('');
}

test('a seed and a name give one order; another seed or name gives others', () => {
  expect(permutation(1, 6)).toBe(permutation(1, 6));
  const seeds = new Set(Array.from({ length: 50 }, (_, seed) => permutation(seed, 6)));
  const names = new Set(Array.from({ length: 50 }, (_, n) => permutation(1, 6, `test ${n}`)));
  expect(seeds.size).toBeGreaterThan(40);
  expect(names.size).toBeGreaterThan(40);
});

test('all permutations are about equally frequent', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const found = permutation(seed, 3);
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) {
    expect(count).toBeGreaterThan(850);
    expect(count).toBeLessThan(1150);
  }
});

test('work waits for a long chain of others with a chance of one in its length', () => {
  let late = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const order = new SeededChooser(seed, 'a test');
    const waiting = work();
    let chain = 0;
    while (chain < 9 && order.choose([waiting, work()]) === 1) chain++;
    if (chain === 9) late++;
  }
  expect(late).toBeGreaterThan(60);
  expect(late).toBeLessThan(140);
});

test('work that was passed over very often goes first', () => {
  const order = new SeededChooser(1, 'a test');
  const lowest = { priority: -1, passedOver: MOST_PASSED_OVER };
  expect(order.choose([work(), lowest, work()])).toBe(1);
});

test('a given order takes the first, except where it deviates', () => {
  const order = new GivenChooser([
    { step: 1, index: 2 },
    { step: 2, index: 5 },
  ]);
  const three = [work(), work(), work()];
  expect([0, 1, 2, 3].map(step => order.choose(three, step))).toEqual([0, 2, 0, 0]);
});

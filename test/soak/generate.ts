import { BROKEN, FAILING, HANGING, LEFT, PASSING, QUIET, WAITS } from './names';
import type { PlannedBlock, PlannedFile, PlannedTest, Policy } from './plan';
import { Random } from './random';

/** Limits are short and no two are the same: a message is known by its limit. */
const limitOf = (count: number, whole: number): number => whole + count / 100_000;

/** How many tasks may take the whole grace period of a second to end. */
const STUBBORN = 2;

const HOOKS = ['block', 'waiting', 'starting', 'failing'];

/** Plans of files, by the seed. */
export class Generator {
  readonly #random: Random;
  #count = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  file(policy: Policy, tests: number): PlannedFile {
    const blocks: PlannedBlock[] = [];
    for (let left = tests - 1; left > 0; ) {
      const size = Math.min(left, 1 + this.#random.below(40));
      blocks.push(this.#block(`block ${blocks.length}`, policy, size));
      left -= size;
    }
    // What comes late comes before the file ends.
    blocks.push({ name: 'the last', hooks: [], tests: [this.#test(['long'], ['passing', 'passes'])] });
    const passing = blocks.flatMap(block => block.tests).filter(({ ending }) => ending[0] === 'passing');
    const stubborn = policy === 'cancel' ? passing.slice(0, STUBBORN) : [];
    for (const test of stubborn) (test.parts as string[]).push('stubborn');
    return { policy, blocks };
  }

  #block(name: string, policy: Policy, size: number): PlannedBlock {
    const random = this.#random;
    // What a hook starts is left behind by the test.
    const possible = policy === 'cancel' ? HOOKS : HOOKS.filter(hook => hook !== 'starting');
    const hooks = possible.filter(() => random.chance(0.3));
    const tests = Array.from({ length: size }, () => this.#any(policy, hooks));
    return { name, hooks, tests };
  }

  #any(policy: Policy, hooks: readonly string[]): PlannedTest {
    const random = this.#random;
    const left = policy === 'cancel' ? LEFT : random.chance(0.3) ? ['leftTimer'] : [];
    const parts = [...random.some(WAITS, 3), ...(left.length > 0 ? random.some(left, 3) : [])];
    const quiet = policy === 'cancel' ? QUIET : QUIET.filter(name => name !== 'background');
    const fixtures = quiet.filter(() => random.chance(0.15));
    if (random.chance(0.1)) fixtures.push(random.pick(BROKEN));
    const hook = hooks.includes('failing') && random.chance(0.2) ? 'fails' : 'passes';
    return { ...this.#test(parts, this.#ending()), fixtures, hook };
  }

  #ending(): PlannedTest['ending'] {
    const random = this.#random;
    const of = random.next();
    if (of < 0.5) return ['passing', random.pick(PASSING)];
    if (of < 0.75) return ['failing', random.pick(FAILING)];
    if (of < 0.95) return ['hanging', random.pick(HANGING)];
    return ['givenUp', 'throwing'];
  }

  #test(parts: readonly string[], ending: PlannedTest['ending']): PlannedTest {
    const count = ++this.#count;
    const test = {
      id: `t${String(count).padStart(4, '0')}`,
      parts,
      ending,
      fixtures: [],
      hook: 'passes',
    } as const;
    if (ending[0] === 'givenUp') return { ...test, parts: [], limit: limitOf(count, 6), late: 400 };
    // Time to clean up, however busy the machine is.
    if (ending[1] === 'cleaningUp') return { ...test, parts: [], limit: limitOf(count, 100) };
    return ending[0] === 'hanging' ? { ...test, limit: limitOf(count, 12) } : test;
  }
}

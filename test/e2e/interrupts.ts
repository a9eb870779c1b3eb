import { CASES, strikesOf, WORKERS } from './interrupt-cases';
import { type Interrupted, interrupt } from './interrupted';

const AT_ONCE = 4;

/** Registers a test for each case, for the Jest of a host. They wait more than they work: several run at once. */
export function testInterrupts(names: readonly string[], host?: string): void {
  const runs = new Map<string, Promise<Interrupted>>();
  beforeAll(() => {
    const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
    for (const [index, name] of names.entries()) {
      const { when: _when, signal: _signal, after: _after, ...found } = CASES[name]!;
      const options = { args: ['-i'], files: {}, ...found, strikes: strikesOf(CASES[name]!), host };
      const run = lanes[index % AT_ONCE]!.catch(() => {}).then(() => interrupt(options));
      // Each is told by its own test.
      run.catch(() => {});
      lanes[index % AT_ONCE] = run;
      runs.set(name, run);
    }
  });

  test.each(names)('%s', async name => {
    const { args, after, tests, tells = '', atOnce = false } = CASES[name]!;
    const found = await runs.get(name)!;
    const { code, output } = found;
    const inOrder = (events: readonly string[]): readonly string[] =>
      args === WORKERS ? [...events].sort() : events;
    // What was up stays so when a process ends at once.
    const faults = found.faults.filter(fault => !atOnce || !fault.endsWith(' did not go down'));
    expect({ code, after: inOrder(found.after), faults, output }).toEqual({
      code: 130,
      after: inOrder(after),
      faults: [],
      output: expect.not.stringMatching(/failed to exit gracefully|force exited|was interrupted\.\n {4}at/),
    });
    if (atOnce) return;
    expect(found.tests).toEqual(tests);
    expect(output).toContain('Test run was interrupted.');
    expect(output).toContain(tells);
  });
}

import { CASES, strikesOf, WORKERS } from './interrupt-cases';
import { interrupt } from './interrupted';
import { lingers, settledLater } from './settled';

/** Registers a test for each case, for the Jest of a host. They wait more than they work: several run at once. */
export function testInterrupts(names: readonly string[], host?: string): void {
  test.concurrent.each(names)('%s', async name => {
    const { when: _when, signal: _signal, ...given } = CASES[name]!;
    const { args, after, tests, prints = '', atOnce = false, forced = false } = given;
    const strikes = strikesOf(CASES[name]!);
    const run = (): ReturnType<typeof interrupt> =>
      interrupt({
        args: ['-i'],
        files: {},
        ...given,
        strikes,
        host,
        impatient: forced || host !== undefined,
      });
    const found = await (forced ? run() : settledLater(run));
    const { code, output } = found;
    const inOrder = (events: readonly string[]): readonly string[] =>
      args === WORKERS ? [...events].sort() : events;
    // What was up stays so when a process ends at once.
    const faults = found.faults.filter(fault => !atOnce || !fault.endsWith(' did not go down'));
    expect({ code, after: inOrder(found.after), faults, output }).toEqual({
      code: 130,
      after: inOrder(after),
      faults: [],
      output: expect.not.stringMatching(/The test run was interrupted/),
    });
    expect(lingers(output)).toBe(forced);
    if (atOnce) return;
    expect(found.tests).toEqual(tests);
    expect(output).toContain('Test run was interrupted.');
    expect(output).toContain(prints);
  });
}

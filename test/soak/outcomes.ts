import type { PlannedTest, Policy } from './plan';

/** A text of each error that a test is going to report, one per message. */
export function errorsOf(test: PlannedTest, policy: Policy): string[] {
  const { id, ending, fixtures, hook, limit, parts } = test;
  const text = (what: string): string => `<${what} of ${id}>`;
  const tooLong = (name: string, phase: string): string => `Fixture "${name}" took too long to ${phase}`;
  const found: string[] = [];
  const has = (name: string): boolean => fixtures.includes(name);
  // A hook that fails, or a fixture that does not come up: the body does not run.
  const hookFails = hook === 'fails';
  if (hookFails) found.push(text('hook'));
  const runs = !hookFails;
  if (runs && has('throwing')) found.push(text('background'));
  if (runs && has('brokenSetUp')) found.push(text('set-up'));
  if (runs && has('hangingSetUp')) found.push(tooLong('hangingSetUp', 'set up'));
  const begins = runs && !has('brokenSetUp') && !has('hangingSetUp');
  if (begins) {
    if (ending[0] === 'failing') found.push(text('thrown'));
    if (ending[1] === 'twice') found.push(text('second'));
    if (limit !== undefined) found.push(`(timeout=${limit}ms)`);
    if (ending[0] === 'givenUp') found.push(`after it was given up: ${text('late')}`);
  }
  if (runs && has('brokenTeardown')) found.push(text('teardown'));
  if (runs && has('hangingTeardown')) found.push(tooLong('hangingTeardown', 'tear down'));
  // Only a test that has passed so far is blamed for what it leaves.
  if (begins && found.length === 0 && policy === 'fail' && parts.includes('leftTimer')) found.push('left ');
  return found;
}

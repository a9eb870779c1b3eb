import { ASKS_FOR_LOOP, LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import { inOrder } from '../../fixtures/resolve/order';
import type { Dependency, ResolvedFixture } from '../../fixtures/resolve/resolved';
import { runsInLoop } from '../../fixtures/resolve/runs-in-loop';

/*
 * A test that runs nothing in a Loop does not multiply by the values of `loopBackend`, unless it requests it.
 */

/** Whether any of these names or fixtures, or what they need, runs in a Loop or requests its backend. */
export function usesLoop(names: readonly Dependency[], roots: readonly ResolvedFixture[]): boolean {
  return names.some(({ name }) => ASKS_FOR_LOOP.has(name)) || inOrder(roots).some(runsInLoop);
}

/** Whether the values of a policy fixture do not multiply tests by backends. */
export function variesNoBackend({ name, varying }: ResolvedFixture): boolean {
  return name !== LOOP_BACKEND || varying.length === 0;
}

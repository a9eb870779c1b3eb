import { LOOP_BACKEND } from '../../fixtures/life/requester/backend-choice';
import { NEEDS_LOOP } from '../../fixtures/life/requester/built-ins';
import { inOrder } from '../../fixtures/resolve/order';
import type { Dependency, ResolvedFixture } from '../../fixtures/resolve/resolved';
import { isSynchronous } from '../../parameters';

/*
 * A test that runs nothing in a Loop does not multiply by the values of `loopBackend`, unless it requests it.
 */

const USES_LOOP: ReadonlySet<string> = new Set([
  LOOP_BACKEND,
  'loopBackendName',
  'loopBackendOptions',
  ...NEEDS_LOOP,
]);

/** Whether any of these names or fixtures, or what they need, runs in a Loop or requests its backend. */
export function usesLoop(names: readonly Dependency[], roots: readonly ResolvedFixture[]): boolean {
  if (names.some(({ name }) => USES_LOOP.has(name))) return true;
  return inOrder(roots).some(({ declaration: { body }, dependencies }) => {
    if (dependencies.some(({ name }) => USES_LOOP.has(name))) return true;
    return (body.kind === 'function' || body.kind === 'use') && !isSynchronous(body.fn);
  });
}

/** Whether the values of a policy fixture do not multiply tests by backends. */
export function variesNoBackend({ name, varying }: ResolvedFixture): boolean {
  return name !== LOOP_BACKEND || varying.length === 0;
}

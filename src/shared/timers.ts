import { currentStep } from '../loop/steps/step';
import { ambient, installModules } from '../loop/timers/ambient';
import { processState } from '../process/process-state';

/**
 * Lets the timers of shared fixtures belong to their Loops. They share a global object with Jest's own code, which also
 * runs in the async contexts of tests: its timers stay untouched. `rememberTimers` undoes it.
 */
export function watchTimers(target: object = globalThis): void {
  // Before the fixture files are loaded, which may keep what they import from `node:timers`.
  installModules();
  if (processState.ambient.has(ambient)) return;
  processState.ambient.add(ambient);
  const globals = target as Record<string, (...args: unknown[]) => unknown>;
  for (const [name, inLoop] of Object.entries(ambient)) {
    const found = globals[name]!;
    const chosen = {
      [name](this: unknown, ...args: unknown[]): unknown {
        const owner = currentStep()?.owner as { readonly outside?: boolean } | undefined;
        return Reflect.apply(owner?.outside === true ? inLoop : found, this, args);
      },
    }[name]!;
    Object.defineProperties(chosen, Object.getOwnPropertyDescriptors(found));
    globals[name] = chosen;
  }
}

import { currentStep } from '../loop/steps/step';
import { ambient, installModules } from '../loop/timers/ambient';
import { worker } from '../process/store';

/**
 * Lets the timers that wide fixtures set belong to their Loops. Their global object is that of Jest's own code, which
 * runs in the async contexts of tests as well: its timers stay as they are.
 */
export function watchTimers(target: object = globalThis): void {
  // Before their files are loaded, which may keep what they find in `node:timers`.
  installModules();
  if (worker.ambient.has(ambient)) return;
  worker.ambient.add(ambient);
  const globals = target as Record<string, (...args: unknown[]) => unknown>;
  for (const [name, own] of Object.entries(ambient)) {
    const found = globals[name]!;
    const chosen = {
      [name](this: unknown, ...args: unknown[]): unknown {
        const owner = currentStep()?.owner as { readonly outside?: boolean } | undefined;
        return Reflect.apply(owner?.outside === true ? own : found, this, args);
      },
    }[name]!;
    Object.defineProperties(chosen, Object.getOwnPropertyDescriptors(found));
    globals[name] = chosen;
  }
}

import { installGlobals, installModules } from './ambient';
import { worker } from './store';

/**
 * Where there is no Jest, the first Loop makes the global timers ask for their Loop; a test environment has done so
 * for the sandbox before any code of the user's.
 */
export function installStandalone(): void {
  if (worker.ambient.has(globalThis)) return;
  worker.ambient.add(globalThis);
  installGlobals(globalThis);
  installModules();
}

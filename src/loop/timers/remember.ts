import { syncBuiltinESMExports } from 'node:module';
import { processState } from '../../process/process-state';
import { ambient } from './ambient';

/** Notes which timers this realm and Node's modules have now. The returned function puts them back. */
export function rememberTimers(): () => void {
  const modules = [require('node:timers') as object, require('node:timers/promises') as object];
  const targets = [globalThis, ...modules, Reflect.get(modules[1]!, 'scheduler') as object];
  const names = [...Object.keys(ambient), 'wait'];
  const before = targets.map(target => ({
    target,
    isAmbient: processState.ambient.has(target),
    members: names.flatMap(name => {
      const found = Object.getOwnPropertyDescriptor(target, name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  }));
  const isWatched = processState.ambient.has(ambient);
  return () => {
    for (const { target, isAmbient, members } of before) {
      for (const [name, found] of members) Object.defineProperty(target, name, found);
      if (!isAmbient) processState.ambient.delete(target);
    }
    if (!isWatched) processState.ambient.delete(ambient);
    syncBuiltinESMExports();
  };
}

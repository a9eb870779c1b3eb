import { syncBuiltinESMExports } from 'node:module';
import { worker } from '../../process/store';
import { ambient } from './ambient';

/** Notes which timers this realm and Node's modules have now. The returned function puts them back. */
export function rememberTimers(): () => void {
  const modules = [require('node:timers') as object, require('node:timers/promises') as object];
  const targets = [globalThis, ...modules, Reflect.get(modules[1]!, 'scheduler') as object];
  const names = [...Object.keys(ambient), 'wait'];
  const before = targets.map(target => ({
    target,
    isAmbient: worker.ambient.has(target),
    members: names.flatMap(name => {
      const found = Object.getOwnPropertyDescriptor(target, name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  }));
  const isWatched = worker.ambient.has(ambient);
  return () => {
    for (const { target, isAmbient, members } of before) {
      for (const [name, found] of members) Object.defineProperty(target, name, found);
      if (!isAmbient) worker.ambient.delete(target);
    }
    if (!isWatched) worker.ambient.delete(ambient);
    syncBuiltinESMExports();
  };
}

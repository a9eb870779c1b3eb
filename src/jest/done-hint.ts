import { doneIsMeantAsFixtures } from '../errors/timeouts';
import { readParameters } from '../parameters';
import type { Callee } from './meta';

/** `async f => f.db`: what to say of a parameter that is Jest's `done`, and was never called. */
export function doneHint({ fn, row }: Callee, isFixture: (name: string) => boolean): string | undefined {
  const found = readParameters(fn, row.length);
  if (found.kind !== 'identifier') return undefined;
  const name = found.name.replaceAll('$', '\\$');
  const source = Function.prototype.toString.call(fn);
  const uses = source.matchAll(new RegExp(`(?<![\\w$.])${name}\\??\\.([A-Za-z_$][\\w$]*)`, 'g'));
  const names = [...new Set([...uses].map(use => use[1]!))].filter(isFixture);
  return names.length > 0 ? doneIsMeantAsFixtures(found.name, names) : undefined;
}

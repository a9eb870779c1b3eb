import type { MeantAsFixtures } from '../../errors/timeouts';
import { readParameters } from '../../parameters';
import type { Callee } from '../file/registered';

/** `async f => f.db`: a parameter that is Jest's `done`, but is asked for fixtures; undefined where it is not. */
export function meantAsFixtures(
  { fn, row }: Callee,
  isFixture: (name: string) => boolean,
): MeantAsFixtures | undefined {
  const found = readParameters(fn, row.length);
  if (found.kind !== 'identifier') return undefined;
  const name = found.name.replaceAll('$', '\\$');
  const source = Function.prototype.toString.call(fn);
  const uses = source.matchAll(new RegExp(`(?<![\\w$.])${name}\\??\\.([A-Za-z_$][\\w$]*)`, 'g'));
  const names = [...new Set([...uses].map(use => use[1]!))].filter(isFixture);
  return names.length > 0 ? { parameter: found.name, names } : undefined;
}

import type { MeantAsFixtures } from '../../../errors/tests/timeouts';
import { readParameters } from '../../../parameters';
import type { Callee } from '../../file/registered';

/**
 * `async f => f.db`: Jest takes the parameter for `done`, but the function reads fixtures from it. Undefined for any
 * other function.
 */
export function doneAsFixtures(
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

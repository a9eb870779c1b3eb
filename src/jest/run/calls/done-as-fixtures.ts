import type { MeantAsFixtures } from '../../../errors/other-runners/words';
import { readParameters } from '../../../parameters';
import type { Callee } from '../../file/registered';
import type { BodyOrHook } from './body-or-hook';

/**
 * `db => …` where `db` names a fixture, or `async f => f.db`: Jest takes the parameter for `done`. Undefined for any
 * other function.
 */
export function meantByDone({ fileRun, callee, view }: BodyOrHook): MeantAsFixtures | undefined {
  if (!callee.takesDone) return undefined;
  const { resolver } = fileRun.host;
  const written = fileRun.testFile.rows.get(callee.fn) ?? callee;
  return doneAsFixtures(written, name => resolver.knows(name, view.namespace, view.testType));
}

/** Whether Jest takes the parameter of a bound function or a mock for `done`: what it requests cannot be read. */
export function isUnreadable({ fileRun, callee }: BodyOrHook): boolean {
  if (!callee.takesDone) return false;
  const { fn, row } = fileRun.testFile.rows.get(callee.fn) ?? callee;
  if ((fn as { _isMockFunction?: unknown })._isMockFunction === true) return true;
  const found = readParameters(fn, row.length);
  return found.kind === 'gone' && found.reason === 'native';
}

function doneAsFixtures(
  { fn, row }: Callee,
  isFixture: (name: string) => boolean,
): MeantAsFixtures | undefined {
  const found = readParameters(fn, row.length);
  if (found.kind !== 'identifier') return undefined;
  const { name: parameter } = found;
  // No fixture is meant by this name.
  if (parameter === 'done') return undefined;
  if (isFixture(parameter)) return { parameter, names: [parameter] };
  const name = parameter.replaceAll('$', '\\$');
  const source = Function.prototype.toString.call(fn);
  const uses = source.matchAll(new RegExp(`(?<![\\w$.])${name}\\??\\.([A-Za-z_$][\\w$]*)`, 'g'));
  const names = [...new Set([...uses].map(use => use[1]!))].filter(isFixture);
  return names.length > 0 ? { parameter, names } : undefined;
}

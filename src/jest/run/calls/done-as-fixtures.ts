import { fixForGiven, type MeantAsFixtures } from '../../../errors/other-runners/words';
import { readParameters } from '../../../parameters';
import type { Callee } from '../../file/registered';
import type { BodyOrHook } from './body-or-hook';

/**
 * `db => …` where `db` names a fixture, `ctx => ctx.db`, or any async function with a plain parameter: Jest takes that
 * for `done`, and fails an async function that takes it. Undefined for any other function.
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
  const useless = isAsync(fn) ? { parameter, names: [] } : undefined;
  // No fixture is meant by this name.
  if (parameter === 'done') return useless;
  if (isFixture(parameter)) return { parameter, names: [parameter] };
  const read = membersRead(fn, parameter);
  const names = read.filter(isFixture);
  if (names.length > 0) return { parameter, names };
  const given = read.find(name => fixForGiven(name) !== undefined);
  return given === undefined ? useless : { parameter, names, given };
}

/** As it is written: no compiled async function has a plain parameter. */
function isAsync(fn: Callee['fn']): boolean {
  return Object.prototype.toString.call(fn) === '[object AsyncFunction]';
}

/** The members of a parameter that a function reads. */
function membersRead(fn: Callee['fn'], parameter: string): string[] {
  const name = parameter.replaceAll('$', '\\$');
  const source = Function.prototype.toString.call(fn);
  const uses = source.matchAll(new RegExp(`(?<![\\w$.])${name}\\??\\.([A-Za-z_$][\\w$]*)`, 'g'));
  return [...new Set([...uses].map(use => use[1]!))];
}

import { unreadableParameters } from '../../errors/fixtures/parameters';
import type { Problem } from '../../errors/problem';
import type { NamedRequester } from '../../errors/site';
import { generatorTest, parameterAfterFixtures } from '../../errors/tests/calls';
import { isAsyncGeneratorFunction, type RequestedName, readParameters } from '../../parameters';
import type { UserFn } from '../file/registered';

/** What a function requests with the parameter after its row. */
export interface Requested {
  /** Undefined: it requests no fixtures. */
  readonly requested: readonly RequestedName[] | undefined;
  /** The parameter has a default, `({ a } = {}) =>`: only names that the project declares count. */
  readonly lenient: boolean;
  readonly problem: Problem | undefined;
}

const NOTHING: Requested = { requested: undefined, lenient: false, problem: undefined };

/**
 * Reads the fixtures that a test or hook requests. Only what is certainly meant as fixtures counts: a plain identifier is
 * Jest's `done`, and Jest deals with bound functions and rest parameters.
 */
export function readRequested(fn: UserFn, index: number, requester: () => NamedRequester): Requested {
  // A mock function's parameters are not those of the function that it forwards to.
  if ((fn as { _isMockFunction?: unknown })._isMockFunction === true) return NOTHING;
  const found = readParameters(fn, index);
  const lenient = fn.length <= index;
  switch (found.kind) {
    case 'none':
    case 'identifier':
    case 'pattern':
      break;
    case 'names':
      return {
        requested: found.names,
        lenient,
        problem: asyncGenerator(fn, requester) ?? oneMore(fn, index + 1, found.names, requester),
      };
    case 'rest':
      if (found.text.startsWith('...')) break;
      if (lenient) return { requested: found.names, lenient, problem: undefined };
      return { requested: [], lenient: false, problem: unreadableParameters(requester(), found) };
    case 'computed':
      if (lenient) return { requested: found.names, lenient, problem: undefined };
      return { requested: [], lenient: false, problem: unreadableParameters(requester(), found) };
    case 'gone':
      if (found.reason !== 'shell' && (found.reason !== 'lowered' || lenient)) break;
      return { requested: [], lenient: false, problem: unreadableParameters(requester(), found) };
  }
  return NOTHING;
}

/** `({ db }, done) =>`: what `done` would end has ended before it is called. */
function oneMore(
  fn: UserFn,
  index: number,
  fixtures: readonly RequestedName[],
  requester: () => NamedRequester,
): Problem | undefined {
  if (fn.length <= index) return undefined;
  const found = readParameters(fn, index);
  const after =
    found.kind === 'names' ? namesOf(found.names) : found.kind === 'identifier' ? found.name : undefined;
  return parameterAfterFixtures(requester(), after, namesOf(fixtures));
}

const namesOf = (requested: readonly RequestedName[]): string[] => requested.map(({ name }) => name);

function asyncGenerator(fn: UserFn, requester: () => NamedRequester): Problem | undefined {
  return isAsyncGeneratorFunction(fn) ? generatorTest(requester()) : undefined;
}

import type * as acorn from 'acorn';
import { writtenKey } from './nodes';
import { type Source, textOf } from './source';
import type { Parameters, RequestedName } from './types';

/** What a parameter requests, as written. */
export function readPattern(param: acorn.Pattern | undefined, source: Source): Parameters {
  if (param === undefined) return { kind: 'none' };
  switch (param.type) {
    case 'Identifier':
      return { kind: 'identifier', name: param.name };
    case 'ObjectPattern':
      return readObject(param, source);
    case 'RestElement':
      return { kind: 'rest', text: textOf(param, source), names: [] };
    case 'AssignmentPattern':
      // `(done = x)` has a length of 0: for Jest, and so for us, it requests nothing.
      return param.left.type === 'Identifier' ? { kind: 'none' } : readPattern(param.left, source);
    default:
      return { kind: 'pattern', text: textOf(param, source) };
  }
}

/** The names as a result, each once; a name that is requested twice is optional only if it is both times. */
export function asNames(names: Iterable<RequestedName>): Parameters {
  const once = new Map<string, RequestedName>();
  for (const requested of names) {
    const before = once.get(requested.name);
    if (before === undefined || before.optional) once.set(requested.name, requested);
  }
  return { kind: 'names', names: [...once.values()] };
}

function readObject(pattern: acorn.ObjectPattern, source: Source): Parameters {
  const names: RequestedName[] = [];
  let unlisted: 'rest' | 'computed' | undefined;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      unlisted ??= 'rest';
      continue;
    }
    const name = writtenKey(property.key, property.computed);
    if (name === undefined) unlisted ??= 'computed';
    else names.push({ name, optional: property.value.type === 'AssignmentPattern' });
  }
  return unlisted === undefined ? asNames(names) : { kind: unlisted, text: textOf(pattern, source), names };
}

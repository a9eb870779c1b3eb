import { runInNewContext } from 'node:vm';
import type { Parameters } from '../../../src/parameters';

/**
 * The function that an expression's source gives, in a realm of its own and out of reach of the compiler
 * of the tests. Helpers that the source names but does not bring along are there, as they are never called.
 */
export function fromSource(source: string): Function {
  return runInNewContext(`(${source}\n)`);
}

/** The function that a compiled script leaves in `out`. */
export function fromScript(script: string): Function {
  const helpers = new Proxy({}, { get: () => () => undefined });
  return runInNewContext(`var out, key = 'a';${script}\n;out`, { exports: {}, require: () => helpers });
}

/** A result in short: `a, b?`, or its kind and what else it tells. */
export function show(parameters: Parameters): string {
  switch (parameters.kind) {
    case 'names':
      return `names ${parameters.names.map(({ name, optional }) => (optional ? `${name}?` : name)).join(' ')}`.trim();
    case 'identifier':
      return `identifier ${parameters.name}`;
    case 'gone':
      return `gone ${parameters.reason} ${parameters.compiler ?? '?'}`;
    case 'none':
      return 'none';
    default:
      return `${parameters.kind} ${parameters.text}`;
  }
}

import { createContext, runInContext, runInNewContext } from 'node:vm';
import { type AnyFunction, type Parameters, readParameters } from '../../../src/parameters';
import { quickRead } from '../../../src/parameters/quick';
import { readSlowly } from '../../../src/parameters/read';

const realm = createContext();

/**
 * The function that an expression's source gives, or the only member of the object that it gives: in another
 * realm and out of reach of the compiler of the tests. `source` may name helpers, which are never called.
 */
export function fromSource(source: string): AnyFunction {
  const value: AnyFunction | Record<string, AnyFunction> = runInContext(`(${source}\n)`, realm);
  return typeof value === 'function' ? value : Object.values(value)[0]!;
}

/**
 * The functions that each source leaves in `out`, all compiled as one script: so names that the compiler makes
 * up may clash, and get numbers, as they do in a real file.
 */
export function compileAll(compile: (script: string) => string, sources: readonly string[]): AnyFunction[] {
  const script = sources.map((source, index) =>
    source.replace(/\bout\b/, `out[${index}]`).replace(/\bnamed\b/g, `named${index}`),
  );
  const helpers = new Proxy({}, { get: () => () => undefined });
  const context = { exports: {}, require: () => helpers, out: [], key: 'a' };
  runInNewContext(compile(script.join(';\n')), context);
  return context.out;
}

/** What the parameter requests, in short, once the quick path has said the same as the parser or nothing. */
export function read(fn: AnyFunction, index = 0): string {
  const text = Function.prototype.toString.call(fn);
  const quick = quickRead(text, index, fn.length);
  if (quick) expect(show(quick)).toBe(show(readSlowly(text, index, fn.length)));
  return show(readParameters(fn, index));
}

/** A result in short: `a, b?`, or its kind and its details. */
export function show(parameters: Parameters): string {
  switch (parameters.kind) {
    case 'names':
      return [
        'names',
        ...parameters.names.map(({ name, optional }) => (name || '<empty>') + (optional ? '?' : '')),
      ].join(' ');
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

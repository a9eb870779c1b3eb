import type * as acorn from 'acorn';
import { calleeName, returned, unwrap } from './nodes';
import { parse, sourceOf } from './source';
import type { AnyFunction } from './types';

type Lowered = 'sync' | 'async' | undefined;

const known = new WeakMap<AnyFunction, { readonly kind: Lowered }>();

// TypeScript and esbuild: `__asyncGenerator`. Babel: `_wrapAsyncGenerator`. SWC: `_wrap_async_generator`.
const ASYNC = /^_{1,2}(?:wrap_?)?async_?generator/i;
// TypeScript: `__generator`. SWC: `_ts_generator`. Babel: `_regenerator().w(…)`, `regeneratorRuntime.wrap`.
const SYNC = /^__generator$|^_ts_generator$|regenerator/i;

/**
 * Whether calling the function gives a generator, async ones included: natively, or by the helper that a
 * compiler lowered it to. Minified helpers and a shell around a closure look the same as async functions.
 */
export function isGeneratorFunction(fn: AnyFunction): boolean {
  const tag = tagOf(fn);
  return tag.endsWith('GeneratorFunction]') || (tag === '[object Function]' && lowered(fn) !== undefined);
}

/** Whether the function is an `async function*`, natively or as compiled. */
export function isAsyncGeneratorFunction(fn: AnyFunction): boolean {
  const tag = tagOf(fn);
  return (
    tag === '[object AsyncGeneratorFunction]' || (tag === '[object Function]' && lowered(fn) === 'async')
  );
}

// A bound function has its target's prototype and so its tag, and so has one from another realm.
function tagOf(fn: AnyFunction): string {
  return Object.prototype.toString.call(fn);
}

function lowered(fn: AnyFunction): Lowered {
  let answer = known.get(fn);
  if (answer === undefined) {
    answer = { kind: readLowered(sourceOf(fn)) };
    known.set(fn, answer);
  }
  return answer.kind;
}

function readLowered(text: string): Lowered {
  // No compiler makes an arrow of a generator. Else look before parsing: few functions mention one.
  if (text.startsWith('(') || !/enerator|function\s*\*/.test(text)) return undefined;
  const source = parse(text);
  return source && source !== 'class' ? kindOf(returned(source.fn)) : undefined;
}

function kindOf(value: acorn.Expression | undefined): Lowered {
  if (value?.type !== 'CallExpression') return undefined;
  const callee = unwrap(value.callee);
  // Babel with native generators but without native defaults: `return function* () {…}();`.
  if (callee?.type === 'FunctionExpression')
    return callee.generator ? (callee.async ? 'async' : 'sync') : undefined;
  // `_wrap_async_generator(function* () {…}).apply(this, arguments)`, `_regenerator().m(function …)()`.
  const name = calleeName(value.callee);
  return ASYNC.test(name) ? 'async' : SYNC.test(name) ? 'sync' : undefined;
}

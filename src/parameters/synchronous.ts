import { sourceOf } from './source';
import type { AnyFunction } from './types';

/** Words of code that waits, or may. */
const WAITS =
  /\b(?:async|await|yield|Promise|then|resolves|rejects|arguments|__awaiter|_asyncToGenerator|_async_to_generator)\b/;
/** An arrow function whose body is an expression. */
const EXPRESSION = /^(?:\([^()]*\)|[\w$]+)\s*=>\s*(?![\s{])/;
const RETURNS = /\breturn\b\s*[^;}\s]/;

/**
 * Whether a function certainly returns no promise, as far as its source shows. One that returns anything may return a
 * promise, but for a bare `expect(…)`.
 */
export function isSynchronous(fn: AnyFunction): boolean {
  if (Object.prototype.toString.call(fn) !== '[object Function]') return false;
  const text = sourceOf(fn);
  if (WAITS.test(text) || text.includes('[native code]')) return false;
  const expression = EXPRESSION.exec(text);
  return expression === null ? !RETURNS.test(text) : text.startsWith('expect(', expression[0].length);
}

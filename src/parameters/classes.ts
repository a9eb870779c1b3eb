import type { AnyFunction } from './types';

/** A class cannot be called: where a function may make a value, it is one. */
export function isClass(value: AnyFunction): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

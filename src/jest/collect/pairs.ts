import { type AnyFunction, isClass } from '../../parameters';

/**
 * An object with one of these makes an array `[value, options]` a pair. Options that only Playwright or Vitest have
 * count as well, so that the error names them.
 */
const PAIR_OPTIONS = [
  'scope',
  'auto',
  'params',
  'ids',
  'timeout',
  'loopScope',
  'deps',
  'option',
  'box',
  'title',
  'injected',
];

/** `[value, options]`, as an entry of the object form. */
export function isPair(entry: unknown): entry is [unknown, Record<string, unknown>] {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [value, options]: unknown[] = entry;
  if (!isPlainObject(options)) return false;
  return isFunction(value) || hasPairOption(options);
}

/** A pair with more behind it: only with a function and known options is it surely none of the lists that are values. */
export function isLongPair(entry: unknown): entry is readonly unknown[] {
  if (!Array.isArray(entry) || entry.length <= 2) return false;
  const [value, options]: unknown[] = entry;
  return isFunction(value) && isPlainObject(options) && hasPairOption(options);
}

/** `[fn, options]` where it may be a value as well: each option has to be one. */
export function isSurelyPair(value: unknown): value is [unknown, object] {
  if (!isPair(value) || !isFunction(value[0])) return false;
  const options = Object.keys(value[1]);
  return options.length > 0 && options.every(option => PAIR_OPTIONS.includes(option));
}

const isFunction = (value: unknown): boolean => typeof value === 'function' && !isClass(value as AnyFunction);

const hasPairOption = (options: object): boolean => PAIR_OPTIONS.some(option => option in options);

/** An object literal of any realm. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

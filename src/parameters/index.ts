import { calls } from './calls';
import { quickRead } from './quick';
import { readSlowly } from './read';
import { sourceOf } from './source';
import type { AnyFunction, Parameters } from './types';

export { isClass } from './classes';
export { isAsyncGeneratorFunction, isGeneratorFunction } from './generators';
export { isSynchronous } from './synchronous';
export type { AnyFunction, Parameters, RequestedName } from './types';

// Index 0 is nearly every call, so it has a separate map that needs no second look-up.
const first = new WeakMap<AnyFunction, Parameters>();
const others = new WeakMap<AnyFunction, Map<number, Parameters>>();

/**
 * What the parameter of `fn` at `index` requests, read from the function's source as its compiler left it.
 * The result is cached per function and index.
 */
export function readParameters(fn: AnyFunction, index = 0): Parameters {
  if (index === 0) {
    let known = first.get(fn);
    if (known === undefined) {
      known = read(fn, 0);
      first.set(fn, known);
    }
    return known;
  }
  let byIndex = others.get(fn);
  if (byIndex === undefined) {
    byIndex = new Map();
    others.set(fn, byIndex);
  }
  let known = byIndex.get(index);
  if (known === undefined) {
    known = read(fn, index);
    byIndex.set(index, known);
  }
  return known;
}

/** Whether the parameter of `fn` at `index` has this name and is called. */
export function callsParameter(fn: AnyFunction, index: number, name: string): boolean {
  if (!sourceOf(fn).includes(name)) return false;
  const found = readParameters(fn, index);
  return found.kind === 'identifier' && found.name === name && calls(sourceOf(fn), name);
}

function read(fn: AnyFunction, index: number): Parameters {
  const text = sourceOf(fn);
  return quickRead(text, index, fn.length) ?? readSlowly(text, index, fn.length);
}

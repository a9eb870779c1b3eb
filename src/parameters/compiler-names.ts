import { type Compiler, gone, type Parameters } from './types';

// TypeScript and esbuild: `_a`, `_0`; esbuild after a clash: `_a2`. Babel: `_x`, `_x2`, `_ref`, `_temp`.
// SWC: `_0`, `param`, `param1`, `_param`, `ref`.
const MADE = /^(?:_(?:[a-z]\d*|\d+|(?:ref|temp|param|arg)\d*)|(?:param|ref)\d*)$/;

// Of these, what people write as well. SWC declares what it takes from them with `var` or `let`.
const PLAIN = /^(?:param|ref)\d*$/;

// esbuild goes through one series of names per file: after `_a` to `_z` come `_A` to `_Z`, `_aa`, `_ba` and
// so on. People write such names too (`_db`), but not with `var`.
const SERIES = /^_[A-Za-z$_][\w$]?\d*$/;

// `done_1` is TypeScript's new name for `done` where the real parameters moved into a generator.
const HAND_WRITTEN = /^(?!(?:param|ref)\d*$)[A-Za-z$][\w$]{2,}$/;
const RENAMED = /_\d+$/;

/** Whether a compiler could have made up this name for a parameter that had none. */
export function isMade(name: string): boolean {
  return MADE.test(name);
}

/** Whether the name always stands for a pattern: compilers use it for nothing else. */
export function standsForPattern(name: string): boolean {
  return /^_(?:ref\d*|temp\d*|\d+)$/.test(name);
}

/** Whether SWC may have made up the name, or a person. */
export function isPlain(name: string): boolean {
  return PLAIN.test(name);
}

/** Whether the name may be from esbuild's series, and not from another compiler. */
export function isFromSeries(name: string): boolean {
  return SERIES.test(name) && !MADE.test(name);
}

/** Whether no compiler could have made up this name, not even a minifier. */
export function isHandWritten(name: string): boolean {
  return HAND_WRITTEN.test(name) && !RENAMED.test(name);
}

/** The compiler that makes up this name, where only one does. */
export function makerOf(name: string): Compiler | undefined {
  if (/^_(?:x|ref|temp)\d*$/.test(name)) return 'babel';
  if (/^(?:_\d*|_?param\d*|ref\d*)$/.test(name)) return 'swc';
  return undefined;
}

/** A parameter whose pattern was compiled to ES5: only TypeScript calls it `_a` there. */
export function lowered(name: string): Parameters {
  return gone('lowered', makerOf(name) ?? 'typescript');
}

import {
  isFromSeries,
  isHandWritten,
  isMade,
  isPlain,
  lowered,
  makerOf,
  standsForPattern,
} from './compiler-names';
import { isStateMachine, movedTo } from './lowered';
import { readPattern } from './pattern';
import { patternOfArgument, readRest } from './rest';
import { isShell } from './shell';
import { excerpt, type FunctionNode, isNative, parse, type Source } from './source';
import { gone, type Parameters } from './types';

const ANY_KIND = ['var', 'let', 'const'];
const NOT_CONST = ['var', 'let'];
const ONLY_VAR = ['var'];

/** What the parameter at `index` requests, by the parsed source. */
export function readSlowly(text: string, index: number, length: number): Parameters {
  if (isNative(text))
    return length <= index ? { kind: 'none' } : { ...gone('native', undefined), text: excerpt(text) };
  const source = parse(text);
  if (source === 'class') return { kind: 'none' };
  const read = source ? readFunction(source, source.fn, index) : gone('unreadable', undefined);
  // Only here is the text without its frame at hand.
  return read.kind === 'gone' ? { ...read, text: excerpt(text) } : read;
}

function readFunction(source: Source, fn: FunctionNode, index: number): Parameters {
  const rest = fn.params.findIndex(param => param.type === 'RestElement');
  const param = fn.params[rest >= 0 && rest < index ? rest : index];
  const written = readPattern(param, source);
  // What is left of `({ a, ...rest } = {})` where the rest is lowered: `(_a = {})`.
  const bare = param?.type === 'AssignmentPattern' ? param.left : param;
  // A pattern that is still there is the one that was written.
  if (bare && bare.type !== 'Identifier' && bare.type !== 'RestElement') return written;

  const moved = movedTo(fn);
  if (moved) {
    const read = readMoved(source, moved, index);
    // TypeScript before 5.4 passes `arguments` on from async generators, but leaves the parameters outside.
    const left = bare?.type === 'Identifier' && moved.params.length <= index;
    if (read.kind !== 'none' || !left) return read;
  }
  if (bare?.type === 'Identifier') return readIdentifier(source, fn, bare.name) ?? written;
  if (bare !== undefined) return written;
  return readArguments(source, fn, index) ?? written;
}

/**
 * `({ a } = {}) =>` without the default: `let { a } = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {}`,
 * where an engine has patterns but not all of defaults (Safari before 16.3). In ES5, Babel has `var _ref = …` and SWC
 * `var a = (…).a`.
 */
function readArguments(source: Source, fn: FunctionNode, index: number): Parameters | undefined {
  const test = `\\barguments\\.length > ${index}\\b`;
  const kept = patternOfArgument(fn, index);
  if (kept) return readPattern(kept, source);
  const lowered = new RegExp(`\\b_(?:ref|\\d)\\d*\\s*=[^;]*${test}|${test}[^;]*\\}\\)\\.\\w`).test(
    bodyOf(source, fn),
  );
  return lowered ? gone('lowered', undefined) : undefined;
}

function readMoved(source: Source, fn: FunctionNode, index: number): Parameters {
  const read = readFunction(source, fn, index);
  if (fn.generator) return read;
  // A state machine is ES5, which has no patterns either.
  if (read.kind === 'identifier' && isMade(read.name)) return lowered(read.name);
  return read.kind === 'gone' ? gone('lowered', read.compiler) : read;
}

function readIdentifier(source: Source, fn: FunctionNode, name: string): Parameters | undefined {
  if (isShell(fn, name)) return gone('shell', makerOf(name));
  if (isHandWritten(name)) return undefined;
  // Compilers use some names that people write as well only with `var`, or with `let`.
  const kinds = isPlain(name) ? NOT_CONST : isFromSeries(name) ? ONLY_VAR : ANY_KIND;
  const read = readRest(source, fn, name, kinds);
  if (isFromSeries(name)) return read;
  // Minified: nothing but a rest is certain enough.
  if (!isMade(name)) return read?.kind === 'rest' ? read : undefined;
  if (read) return read;
  // What uses such a name in no known way hides what was requested.
  if (!isMentioned(source, fn, name)) return undefined;
  if (isStateMachine(fn)) return lowered(name);
  return standsForPattern(name) ? gone('unreadable', makerOf(name)) : undefined;
}

function isMentioned(source: Source, fn: FunctionNode, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(bodyOf(source, fn));
}

function bodyOf(source: Source, fn: FunctionNode): string {
  return source.text.slice(fn.body.start, fn.body.end);
}

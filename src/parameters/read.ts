import { readEs5 } from './es5';
import { movedTo } from './lowered';
import { isFromSeries, isHandWritten, isMade, makerOf, standsForPattern } from './made';
import { readPattern } from './pattern';
import { isShell } from './shell';
import { excerpt, type FunctionNode, isNative, parse, type Source } from './source';
import { type Parameters, unreadable } from './types';

/** What the parameter at `index` asks for, by the parsed source. */
export function readSlowly(text: string, index: number, length: number): Parameters {
  if (isNative(text)) {
    if (length <= index) return { kind: 'none' };
    return { kind: 'gone', reason: 'native', text: excerpt(text), compiler: undefined };
  }
  const source = parse(text);
  if (source === 'class') return { kind: 'none' };
  const read = source ? readFunction(source, source.fn, index) : unreadable(undefined);
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

  const moved = movedTo(fn, index);
  if (moved) {
    const read = readMoved(source, moved.fn, moved.index);
    // TypeScript before 5.4 passes `arguments` on from async generators, but leaves the parameters outside.
    const left = bare?.type === 'Identifier' && moved.fn.params.length <= moved.index;
    if (read.kind !== 'none' || !left) return read;
  }
  if (bare?.type === 'Identifier') return readIdentifier(source, fn, bare.name, index) ?? written;
  return (bare === undefined && readEs5(source, fn, undefined, index)) || written;
}

function readMoved(source: Source, fn: FunctionNode, index: number): Parameters {
  const read = readFunction(source, fn, index);
  // TypeScript to ES5 leaves nothing of `({}) =>` but a parameter that nobody uses.
  if (read.kind !== 'identifier' || fn.generator || !/^_[a-z]$/.test(read.name)) return read;
  return isMentioned(source, fn, read.name) ? read : { kind: 'names', names: [] };
}

function readIdentifier(
  source: Source,
  fn: FunctionNode,
  name: string,
  index: number,
): Parameters | undefined {
  if (isShell(fn, name)) return { kind: 'gone', reason: 'shell', text: '', compiler: makerOf(name) };
  if (isHandWritten(name)) return undefined;
  // Names that people write, too, take a form that they do not. SWC says `param` only where it writes ES5;
  // esbuild takes a pattern with a rest apart with `var`.
  if (name.startsWith('param')) {
    if (fn.type === 'ArrowFunctionExpression') return undefined;
    return readEs5(source, fn, name, index, ({ kind }) => kind !== 'let' && kind !== 'const');
  }
  if (isFromSeries(name)) return readEs5(source, fn, name, index, ({ kind }) => kind === 'var');
  const read = readEs5(source, fn, name, index);
  // Minified: nothing but a rest is certain enough.
  if (!isMade(name)) return read?.kind === 'rest' ? read : undefined;
  if (read) return read;
  // What uses such a name in no known way hides what was asked for.
  return standsForPattern(name) && isMentioned(source, fn, name) ? unreadable(makerOf(name)) : undefined;
}

function isMentioned(source: Source, fn: FunctionNode, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(source.text.slice(fn.body.start, fn.body.end));
}

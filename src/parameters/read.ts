import { readEs5 } from './es5';
import { movedTo } from './lowered';
import { isHandWritten, isMade, makerOf } from './made';
import { readPattern } from './pattern';
import { isShell } from './shell';
import { excerpt, type FunctionNode, isNative, parse, type Source } from './source';
import type { Parameters } from './types';

/** What the parameter at `index` asks for, by the parsed source. */
export function readSlowly(text: string, index: number, length: number): Parameters {
  if (isNative(text)) {
    if (length <= index) return { kind: 'none' };
    return { kind: 'gone', reason: 'native', text: excerpt(text), compiler: undefined };
  }
  const source = parse(text);
  if (source === undefined) {
    return { kind: 'gone', reason: 'unreadable', text: excerpt(text), compiler: undefined };
  }
  if (source === 'class') return { kind: 'none' };
  const read = readFunction(source, source.fn, index);
  // Only here is the text without its frame at hand.
  return read.kind === 'gone' ? { ...read, text: excerpt(text) } : read;
}

function readFunction(source: Source, fn: FunctionNode, index: number): Parameters {
  const rest = fn.params.findIndex(param => param.type === 'RestElement');
  const param = fn.params[rest >= 0 && rest < index ? rest : index];
  const written = readPattern(param, source);
  const open = param === undefined || param.type === 'Identifier' || param.type === 'RestElement';
  // A pattern that is still there is the one that was written.
  if (!open) return written;

  const moved = movedTo(fn, index);
  if (moved) {
    const read = readMoved(source, moved.fn, moved.index);
    // TypeScript before 5.4 passes `arguments` on from async generators, but leaves the parameters outside.
    if (read.kind !== 'none' || param === undefined) return read;
  }
  if (written.kind === 'identifier') return readIdentifier(source, fn, written.name, index) ?? written;
  return (param === undefined && readEs5(source, fn, undefined, index)) || written;
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
  const read = readEs5(source, fn, name, index);
  if (isMade(name)) {
    // SWC calls a parameter `param`, as people do, but only where it writes ES5.
    if (read && (!name.startsWith('param') || couldBeEs5(fn))) return read;
    // Names such as `_ref` stand for a pattern; what uses one in no known way hides what was asked for.
    const hides = /^_(?:ref\d*|temp\d*|\d+)$/.test(name) && isMentioned(source, fn, name);
    return hides ? { kind: 'gone', reason: 'unreadable', text: '', compiler: makerOf(name) } : undefined;
  }
  // Minified: nothing but a rest is certain enough.
  return read?.kind === 'rest' ? read : undefined;
}

function couldBeEs5(fn: FunctionNode): boolean {
  if (fn.type === 'ArrowFunctionExpression' || fn.generator || fn.async) return false;
  return fn.body.body.every(
    statement => statement.type !== 'VariableDeclaration' || statement.kind === 'var',
  );
}

function isMentioned(source: Source, fn: FunctionNode, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(source.text.slice(fn.body.start, fn.body.end));
}

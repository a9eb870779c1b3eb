import type * as acorn from 'acorn';
import { parse } from './source';

/** Whether the code of a function calls something of this name: `use(…)`, not `it.use(…)`. */
export function calls(text: string, name: string): boolean {
  if (!new RegExp(`\\b${name}\\s*\\(`).test(text)) return false;
  const source = parse(text);
  if (source === undefined || source === 'class') return false;
  const nodes: unknown[] = [source.fn];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (isCallOf(node, name)) return true;
    for (const inner of Object.values(node as object)) {
      if (Array.isArray(inner)) nodes.push(...inner.filter(isNode));
      else if (isNode(inner)) nodes.push(inner);
    }
  }
  return false;
}

function isCallOf(node: unknown, name: string): boolean {
  const { type, callee } = node as acorn.CallExpression;
  return type === 'CallExpression' && callee.type === 'Identifier' && callee.name === name;
}

function isNode(value: unknown): boolean {
  return typeof (Object(value) as { type?: unknown }).type === 'string';
}

import type * as acorn from 'acorn';
import type { FunctionNode } from './source';

/** The value of a sequence: Istanbul counts with `(cov_x().s[0]++, value)`, TypeScript calls `(0, x.y)()`. */
export function strip(node: acorn.Expression): acorn.Expression {
  let value = node;
  while (value.type === 'SequenceExpression') value = value.expressions[value.expressions.length - 1]!;
  return value;
}

/** The same for an argument or a callee, where a spread or `super` is no value. */
export function unwrap(node: acorn.Expression | acorn.SpreadElement | acorn.Super | null | undefined) {
  return node && node.type !== 'SpreadElement' && node.type !== 'Super' ? strip(node) : undefined;
}

/** The key of a property or member if it is written out, `undefined` if it is computed. */
export function writtenKey(key: acorn.Expression | acorn.PrivateIdentifier, computed: boolean) {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal' && (typeof key.value === 'string' || !computed)) return String(key.value);
  // Minifiers turn strings into templates.
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0)
    return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/**
 * A callee's name without where it comes from: `tslib_1.__awaiter`, `_async_to_generator._`,
 * `_asyncToGenerator2.default` and `_regenerator().w` are `__awaiter`, `_async_to_generator`,
 * `_asyncToGenerator2` and `_regenerator`.
 */
export function calleeName(callee: acorn.Expression | acorn.Super): string {
  const node = unwrap(callee);
  if (node?.type === 'Identifier') return node.name;
  if (node?.type === 'CallExpression') return calleeName(node.callee);
  if (node?.type !== 'MemberExpression') return '';
  const key = writtenKey(node.property as acorn.Expression, node.computed);
  return key?.startsWith('__') ? key : calleeName(node.object);
}

/** Whether the node is `arguments`, or the copy of it that compilers keep for a closure. */
export function isArguments(node: acorn.AnyNode | null | undefined): boolean {
  // TypeScript: `arguments_1`. Babel: `_arguments`, in regenerator code `_args`. SWC: `_arguments`.
  return node?.type === 'Identifier' && /^(?:arguments(?:_\d+)?|_arguments\d*|_args\d*)$/.test(node.name);
}

/**
 * The function that a wrapper's argument holds, within further wrappers:
 * `_regenerator().m(function …)`, `__name(function* …, 'x')`, `function () {…}.bind(this)`.
 */
export function functionIn(
  node: acorn.Expression | acorn.SpreadElement | undefined,
): FunctionNode | undefined {
  let value = unwrap(node);
  while (value?.type === 'CallExpression') {
    const bound = value.callee.type === 'MemberExpression' ? unwrap(value.callee.object) : undefined;
    value = bound?.type === 'FunctionExpression' ? bound : unwrap(value.arguments[0]);
  }
  return value?.type === 'FunctionExpression' || value?.type === 'ArrowFunctionExpression'
    ? value
    : undefined;
}

// What may stand before a lowered function's `return`: copies of `this` and of the parameters, defaults,
// loops that collect `arguments`, hoisted functions, coverage counters.
const LEADING = new Set([
  'VariableDeclaration',
  'ExpressionStatement',
  'FunctionDeclaration',
  'IfStatement',
  'ForStatement',
  'EmptyStatement',
]);

/** Whether a lowered function may have this statement before its `return`. */
export function isLeading(statement: acorn.Statement): boolean {
  return LEADING.has(statement.type);
}

/** What the function returns if it only prepares and returns. */
export function returned(fn: FunctionNode): acorn.Expression | undefined {
  if (fn.body.type !== 'BlockStatement') return strip(fn.body);
  for (const statement of fn.body.body) {
    if (statement.type === 'ReturnStatement') return unwrap(statement.argument);
    if (!isLeading(statement)) return undefined;
  }
  return undefined;
}

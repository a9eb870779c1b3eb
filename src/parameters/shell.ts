import { isMade } from './compiler-names';
import { isArguments, unwrap } from './nodes';
import type { FunctionNode } from './source';

/**
 * Whether the function only forwards to one in a closure, where its real parameters are out of sight:
 * `function (_x) { return _ref.apply(this, arguments); }`, which Babel and older SWC (1.3.100 for one) make
 * of async functions. The name of the parameter tells such a shell from a hand-written one.
 */
export function isShell(fn: FunctionNode, param: string): boolean {
  if (fn.body.type !== 'BlockStatement') return false;
  // Coverage counters may come first: `cov_x().f[0]++;`.
  const statements = fn.body.body.filter(
    statement =>
      !(statement.type === 'ExpressionStatement' && statement.expression.type === 'UpdateExpression'),
  );
  const [statement] = statements;
  if (statements.length !== 1 || statement?.type !== 'ReturnStatement') return false;
  const call = unwrap(statement.argument);
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const target = unwrap(call.callee.object);
  const { property } = call.callee;
  if (target?.type !== 'Identifier' || property.type !== 'Identifier' || property.name !== 'apply')
    return false;
  if (!isArguments(unwrap(call.arguments[1]))) return false;
  // The target is `_ref` or `_name`; people forward as well, and so do mock functions. Older SWC calls the
  // parameter `_`, as people do.
  return target.name.startsWith('_') && (isMade(param) || param === '_');
}

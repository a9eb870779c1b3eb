import type * as acorn from 'acorn';
import { calleeName, functionIn, isArguments, isLeading, strip, unwrap } from './nodes';
import type { FunctionNode } from './source';

/** A value that a leading statement gives to a target, or only computes. */
export interface Assigned {
  readonly target: acorn.Pattern | undefined;
  readonly value: acorn.Expression;
  /** The kind of the declaration, if it is one. */
  readonly kind?: acorn.VariableDeclaration['kind'];
}

/** A loop that collects the arguments from one position on: a rest parameter lowered to ES5. */
export interface Collected {
  readonly into: string;
  readonly from: number;
}

// `__generator`, `__awaiter`, `__async`, `_ts_generator`, `_asyncToGenerator`, `_regenerator`…
const STATE_MACHINE = /generator|awaiter|^__async$/i;

/**
 * What a function does before its own code, in order. Where its own code is in a closure (`__awaiter(this,
 * void 0, void 0, function* () {…})`) or a state machine (`__generator(this, function (_b) { switch …})`),
 * it goes on there. `hidden` says which functions not to enter, as their parameters shadow known names.
 */
export function* leading(
  fn: FunctionNode,
  hidden: (inner: FunctionNode) => boolean,
): Generator<Assigned | Collected> {
  if (fn.body.type === 'BlockStatement') yield* ofStatements(fn.body.body, hidden);
  else yield* ofReturned(fn.body, hidden);
}

function* ofStatements(
  statements: readonly acorn.Statement[],
  hidden: (inner: FunctionNode) => boolean,
): Generator<Assigned | Collected> {
  for (const statement of statements) {
    switch (statement.type) {
      case 'VariableDeclaration':
        for (const { id, init } of statement.declarations) {
          if (init) yield { target: id, value: strip(init), kind: statement.kind };
        }
        break;
      case 'ExpressionStatement':
        yield* ofExpression(statement.expression);
        break;
      case 'ForStatement': {
        const collected = ofLoop(statement);
        if (collected) yield collected;
        break;
      }
      case 'ReturnStatement':
        if (statement.argument) yield* ofReturned(statement.argument, hidden);
        return;
      // Regenerator: `while (1) switch (_context.n) { case 0: … }`.
      case 'WhileStatement':
        yield* ofStatements([statement.body], hidden);
        return;
      case 'BlockStatement':
        yield* ofStatements(statement.body, hidden);
        return;
      case 'SwitchStatement':
        yield* ofStatements(statement.cases[0]?.consequent ?? [], hidden);
        return;
      default:
        if (!isLeading(statement)) return;
    }
  }
}

function* ofExpression(expression: acorn.Expression): Generator<Assigned> {
  if (expression.type === 'SequenceExpression') {
    for (const part of expression.expressions) yield* ofExpression(part);
  } else if (expression.type === 'AssignmentExpression' && expression.operator === '=') {
    yield { target: expression.left, value: strip(expression.right) };
  } else {
    yield { target: undefined, value: expression };
  }
}

function* ofReturned(
  expression: acorn.Expression,
  hidden: (inner: FunctionNode) => boolean,
): Generator<Assigned | Collected> {
  const call = strip(expression);
  if (call.type !== 'CallExpression') return;
  // `_asyncToGenerator(function* () {…})()`.
  const callee = call.callee.type === 'CallExpression' ? call.callee : call;
  for (const argument of callee.arguments) {
    const inner = functionIn(argument);
    if (!inner) continue;
    const known = inner.generator || STATE_MACHINE.test(calleeName(callee.callee));
    if (known && !hidden(inner)) yield* leading(inner, hidden);
    return;
  }
}

function ofLoop(loop: acorn.ForStatement): Collected | undefined {
  const body = loop.body.type === 'BlockStatement' ? loop.body.body.at(-1) : loop.body;
  const copy = body?.type === 'ExpressionStatement' ? strip(body.expression) : undefined;
  if (copy?.type !== 'AssignmentExpression' || copy.left.type !== 'MemberExpression') return undefined;
  const into = unwrap(copy.left.object);
  const from = strip(copy.right);
  if (into?.type !== 'Identifier' || from.type !== 'MemberExpression' || !isArguments(from.object))
    return undefined;
  const start = firstIndex(loop.init);
  return start === undefined ? undefined : { into: into.name, from: start };
}

/** `var _len = arguments.length, args = […], _key = 1`, `var _i = 1` or `_i = 1`: the last is the index. */
function firstIndex(init: acorn.ForStatement['init']): number | undefined {
  if (!init) return undefined;
  let start: acorn.Expression | null | undefined;
  if (init.type === 'VariableDeclaration') start = init.declarations.at(-1)?.init;
  else if (strip(init).type === 'AssignmentExpression')
    start = (strip(init) as acorn.AssignmentExpression).right;
  const value = start && strip(start);
  return value?.type === 'Literal' && typeof value.value === 'number' ? value.value : undefined;
}

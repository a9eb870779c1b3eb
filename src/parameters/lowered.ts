import type * as acorn from 'acorn';
import { calleeName, functionIn, isArguments, returned, unwrap } from './nodes';
import type { FunctionNode } from './source';

interface Closure {
  readonly fn: FunctionNode;
  readonly helper: string;
}

const HELPER = /^__(?:awaiter|async|asyncGenerator)$/;
// `__generator`, `__awaiter`, `_ts_generator`, `_asyncToGenerator`, `_regenerator`…
const STATE_MACHINE = /generator|awaiter/i;
const WRAPPER = /async_?to_?generator|wrap_?async_?generator/i;

/**
 * The inner function that receives all parameters of `fn`, in order, if `fn` only forwards them:
 * - TypeScript 5.4 and later to ES2015 and ES2016, esbuild:
 *   `(_a) => __awaiter(this, [_a], void 0, function* ({ a }) {…})`, also with `arguments` for the list;
 * - TypeScript to ES5: the same with `function (_b) { var a = _b.a; return __generator(…) }`, and perhaps
 *   `__spreadArray([_a], args_1, true)` for the list;
 * - SWC, and Babel for methods: `_async_to_generator(function* ({ a }) {…}).apply(this, arguments)`.
 */
export function movedTo(fn: FunctionNode): FunctionNode | undefined {
  const call = returned(fn);
  if (call?.type !== 'CallExpression') return undefined;
  const applied = appliedWrapper(call);
  if (applied) return applied;
  const inner = functionIn(call.arguments.at(-1));
  const list = unwrap(call.arguments[1]);
  if (!inner || !(isArguments(list) || list?.type === 'ArrayExpression' || list?.type === 'CallExpression'))
    return undefined;
  // Minified, the helper has no name to know it by; its generator and its arguments are enough.
  const known = HELPER.test(calleeName(call.callee)) || (inner.generator && isThis(call.arguments[0]));
  return known ? inner : undefined;
}

/** The function in a compiler's call: `__awaiter(…, function* () {…})`, `_asyncToGenerator(function* () {…})()`. */
export function closureIn(value: acorn.Expression | null | undefined): Closure | undefined {
  const call = unwrap(value);
  if (call?.type !== 'CallExpression') return undefined;
  const { callee, arguments: list } = call.callee.type === 'CallExpression' ? call.callee : call;
  const fn = functionIn(list.at(-1));
  return fn && { fn, helper: calleeName(callee) };
}

/** Whether the code of `fn` went into a generator's state machine, as it does in ES5. */
export function isStateMachine(fn: FunctionNode): boolean {
  const closure = closureIn(returned(fn));
  return closure !== undefined && !closure.fn.generator && STATE_MACHINE.test(closure.helper);
}

function appliedWrapper(call: acorn.CallExpression): FunctionNode | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || callee.computed || !isArguments(unwrap(call.arguments[1])))
    return undefined;
  const wrapper = unwrap(callee.object);
  if (!isNamed(callee.property, 'apply') || wrapper?.type !== 'CallExpression') return undefined;
  const inner = functionIn(wrapper.arguments[0]);
  return inner && (inner.generator || WRAPPER.test(calleeName(wrapper.callee))) ? inner : undefined;
}

function isNamed(node: acorn.AnyNode | null | undefined, name: string): boolean {
  return node?.type === 'Identifier' && node.name === name;
}

function isThis(node: acorn.Expression | acorn.SpreadElement | undefined): boolean {
  // esbuild passes `null` where an arrow does not use `this`, TypeScript `void 0`.
  const value = unwrap(node);
  return (
    value?.type === 'ThisExpression' ||
    (value?.type === 'Literal' && value.value === null) ||
    (value?.type === 'UnaryExpression' && value.operator === 'void')
  );
}

import type * as acorn from 'acorn';
import { calleeName, functionIn, isArguments, returned, unwrap } from './nodes';
import type { FunctionNode } from './source';

/** The function that a compiler moved the parameters into, and where the asked one went. */
export interface Moved {
  readonly fn: FunctionNode;
  readonly index: number;
}

/** The values that a lowered function passes on to the one with the real parameters. */
type PassedOn = 'arguments' | readonly (acorn.Expression | acorn.SpreadElement | null)[];

const HELPER = /^__(?:awaiter|async|asyncGenerator)$/;
const WRAPPER = /async_?to_?generator|wrap_?async_?generator/i;

/**
 * Where the parameter at `index` went, if `fn` passes it on to a function within itself:
 * - TypeScript 5.4 and later to ES2015 and ES2016, esbuild:
 *   `(_a) => __awaiter(this, [_a], void 0, function* ({ a }) {…})`, also with `arguments` for the list;
 * - TypeScript to ES5: the same with `function (_b) { var a = _b.a; return __generator(…) }`;
 * - SWC, and Babel for methods: `_async_to_generator(function* ({ a }) {…}).apply(this, arguments)`.
 */
export function movedTo(fn: FunctionNode, index: number): Moved | undefined {
  const call = returned(fn);
  if (call?.type !== 'CallExpression') return undefined;
  const applied = appliedWrapper(call);
  if (applied) return { fn: applied, index };

  const last = call.arguments[call.arguments.length - 1];
  const inner = functionIn(last);
  // Minified, the helper has no name to know it by; its generator and its arguments are enough.
  if (!inner || !(HELPER.test(calleeName(call.callee)) || (inner.generator && isThis(call.arguments[0]))))
    return undefined;
  const list = passedOn(call.arguments[1]);
  if (list === undefined) return undefined;
  const position = list === 'arguments' ? index : positionIn(list, fn, index);
  return position === undefined ? undefined : { fn: inner, index: position };
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

/** `arguments`, `[_a, use_1]`, `[_a, ...args_1]`, or to ES5 `__spreadArray([_a], args_1, true)`. */
function passedOn(node: acorn.Expression | acorn.SpreadElement | undefined): PassedOn | undefined {
  const list = unwrap(node);
  if (isArguments(list)) return 'arguments';
  if (list?.type === 'ArrayExpression') return list.elements;
  if (list?.type !== 'CallExpression' || !calleeName(list.callee).startsWith('__spreadArray'))
    return undefined;
  const start = passedOn(list.arguments[0]);
  const rest = unwrap(list.arguments[1]);
  if (!Array.isArray(start) || !rest) return undefined;
  return [...start, { type: 'SpreadElement', argument: rest, start: rest.start, end: rest.end }];
}

function positionIn(list: Exclude<PassedOn, string>, fn: FunctionNode, index: number): number | undefined {
  const last = fn.params[fn.params.length - 1];
  // To ES5 the rest is no parameter: a loop collects what follows the parameters.
  const restAt = last?.type === 'RestElement' ? fn.params.length - 1 : fn.params.length;
  const param = index < restAt ? fn.params[index] : undefined;
  for (const [position, value] of list.entries()) {
    if (value?.type === 'SpreadElement') return index >= restAt ? position + index - restAt : undefined;
    if (param?.type === 'Identifier' && isNamed(value, param.name)) return position;
  }
  return undefined;
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

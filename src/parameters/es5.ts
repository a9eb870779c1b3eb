import type * as acorn from 'acorn';
import { type Assigned, leading } from './leading';
import { isMade, makerOf, standsForPattern } from './made';
import { calleeName, isArguments, strip, unwrap, writtenKey } from './nodes';
import { asNames, readPattern } from './pattern';
import { excerpt, type FunctionNode, type Source, textOf } from './source';
import { type AskedName, type Parameters, unreadable } from './types';

// `__rest`, `__objRest`, `_objectWithoutProperties`, `_object_without_properties`; for `{ ...rest }` alone
// Babel and SWC copy: `_extends({}, _ref)`.
const REST = /^__(?:rest|objRest)$|object_?without_?properties|^_extends$|^_object_?spread/i;
const EMPTY = /object_?destructuring_?empty/i;
const ARRAY = /^__read$|to_?array/i;

/**
 * The names that the leading statements take out of the parameter at `index`, where a compiler took its
 * pattern apart: `function (_a) { var a = _a.a, _b = _a.b, b = _b === void 0 ? 1 : _b; …`. Nothing if no
 * statement does so. `param` is the parameter's name, if it is still among the parameters: Babel and SWC
 * read a parameter that has a default from `arguments`. `accepts` says which statements count.
 */
export function readEs5(
  source: Source,
  fn: FunctionNode,
  param: string | undefined,
  index: number,
  accepts: (step: Assigned) => boolean = () => true,
): Parameters | undefined {
  return new Es5(source, index, param).read(fn, accepts);
}

class Es5 {
  /** Variables that hold the whole argument. */
  private readonly whole = new Set<string>();
  /** Variables that hold the value of one key, before its default. */
  private readonly ofKey = new Map<string, string>();
  private readonly asked = new Map<string, AskedName>();
  private seen = false;

  constructor(
    private readonly source: Source,
    private readonly index: number,
    private readonly param: string | undefined,
  ) {
    if (param !== undefined) this.whole.add(param);
  }

  read(fn: FunctionNode, accepts: (step: Assigned) => boolean): Parameters | undefined {
    const hidden = (inner: FunctionNode) =>
      inner.params.some(param => param.type === 'Identifier' && this.whole.has(param.name));
    for (const step of leading(fn, hidden)) {
      let final: Parameters | undefined;
      if ('from' in step) final = this.collected(step.into, step.from);
      else if (accepts(step)) final = this.take(step);
      if (final) return final;
    }
    if (this.seen) return asNames(this.asked.values());
    // SWC puts the parameters into an array first, where there is a rest among other things to lower.
    const kept = this.param === undefined ? [...this.whole].find(standsForPattern) : undefined;
    return kept === undefined ? undefined : unreadable(makerOf(kept));
  }

  private collected(into: string, from: number): Parameters | undefined {
    const rest = this.param === undefined && this.index >= from && !this.seen;
    return rest ? { kind: 'rest', text: `...${into}`, names: [] } : undefined;
  }

  private take({ target, value }: Assigned): Parameters | undefined {
    if (this.isWhole(value)) return this.takeWhole(target);
    if (value.type === 'CallExpression') {
      const final = this.takeCall(value, target);
      if (final) return final;
    }
    return this.takeDefault(value) ? undefined : this.takeMember(value, target);
  }

  /** `_b = _a`, `_ref = arguments[0]`, `{ a } = _a`. */
  private takeWhole(target: acorn.Pattern | undefined): Parameters | undefined {
    if (target === undefined) return undefined;
    if (target.type === 'Identifier') {
      // A hand-written `options = arguments.length > 0 ? arguments[0] : {}` is no destructuring.
      if (this.param !== undefined || isMade(target.name)) this.whole.add(target.name);
      return undefined;
    }
    const read = readPattern(target, this.source);
    if (read.kind !== 'names') return read;
    for (const { name, optional } of read.names) this.ask(name, optional);
    this.seen = true;
    return undefined;
  }

  private takeCall(call: acorn.CallExpression, target: acorn.Pattern | undefined): Parameters | undefined {
    const name = calleeName(call.callee);
    const direct = call.arguments.some(argument => this.isWhole(unwrap(argument)));
    const wrapped = call.arguments.map(unwrap).find(argument => argument?.type === 'CallExpression');
    const empties = wrapped?.type === 'CallExpression' && EMPTY.test(calleeName(wrapped.callee));
    if (!direct && !(empties && this.isWhole(unwrap(wrapped.arguments[0])))) return undefined;
    if (EMPTY.test(name)) this.seen = true;
    else if (ARRAY.test(name)) return { kind: 'pattern', text: textOf(call, this.source) };
    else if (REST.test(name) || this.takesTheRest(call))
      return { kind: 'rest', text: this.rest(target), names: [...this.asked.values()] };
    return undefined;
  }

  /** Minified, `__objRest` has no name to know it by, but the keys just taken as its second argument. */
  private takesTheRest(call: acorn.CallExpression): boolean {
    const keys = unwrap(call.arguments[1]);
    if (call.arguments.length !== 2 || keys?.type !== 'ArrayExpression') return false;
    const names = keys.elements.map(key => (key?.type === 'Literal' ? key.value : undefined));
    return names.length === this.asked.size && names.every(name => this.asked.has(String(name)));
  }

  /** `_b === void 0 ? 1 : _b` where `_b` holds a key's value; also in `(…).x` and `_slicedToArray(…, 1)`. */
  private takeDefault(value: acorn.Expression | undefined): boolean {
    const tested = value?.type === 'ConditionalExpression' ? defaulted(value) : undefined;
    const key = tested?.type === 'Identifier' ? this.ofKey.get(tested.name) : undefined;
    if (key !== undefined) this.ask(key, true);
    else if (value?.type === 'MemberExpression') return this.takeDefault(unwrap(value.object));
    else if (value?.type === 'CallExpression') return this.takeDefault(unwrap(value.arguments[0]));
    return key !== undefined;
  }

  /** `_a.a`, `_a.a.b`, `_slicedToArray(_a.a, 1)`, `__rest(_a.a, ["b"])`. */
  private takeMember(value: acorn.Expression, target: acorn.Pattern | undefined): Parameters | undefined {
    const member = this.memberOfWhole(value);
    if (!member) return undefined;
    const key = writtenKey(member.property as acorn.Expression, member.computed);
    if (key === undefined) return this.computed(member);
    this.ask(key, false);
    if (member === value && target?.type === 'Identifier') this.ofKey.set(target.name, key);
    return undefined;
  }

  private memberOfWhole(value: acorn.Expression | undefined): acorn.MemberExpression | undefined {
    if (value?.type === 'CallExpression') return this.memberOfWhole(unwrap(value.arguments[0]));
    if (value?.type !== 'MemberExpression') return undefined;
    const object = unwrap(value.object);
    return this.isWhole(object) ? value : this.memberOfWhole(object);
  }

  /** A key in brackets; a number there is an element of an array pattern. */
  private computed(member: acorn.MemberExpression): Parameters {
    const text = this.source.text.slice(member.property.start, member.property.end);
    if (member.property.type === 'Literal') return { kind: 'pattern', text: textOf(member, this.source) };
    return { kind: 'computed', text: excerpt(`{ [${text}]: … }`), names: [...this.asked.values()] };
  }

  /** The argument, perhaps with a default: `_a`, `_a === void 0 ? {} : _a`, `arguments.length > 0 ? …`. */
  private isWhole(value: acorn.Expression | undefined): boolean {
    if (value?.type === 'Identifier') return this.whole.has(value.name);
    if (value?.type !== 'ConditionalExpression') return false;
    const tested = defaulted(value);
    if (tested) return this.isWhole(tested);
    const taken = strip(value.consequent);
    if (taken.type !== 'MemberExpression' || !taken.computed || !isArguments(taken.object)) return false;
    return taken.property.type === 'Literal' && taken.property.value === this.index;
  }

  private ask(name: string, optional: boolean): void {
    this.seen = true;
    // Babel reads a key again for a rest within: `{ a: { b } = {} } = _ref, r = _objectWithout…(_ref.a, …)`.
    this.asked.set(name, { name, optional: optional || this.asked.get(name)?.optional === true });
  }

  private rest(target: acorn.Pattern | undefined): string {
    const name = target?.type === 'Identifier' ? target.name : 'rest';
    return excerpt(`{ ${[...this.asked.keys(), `...${name}`].join(', ')} }`);
  }
}

/** The value that `value === void 0 ? default : value` tests. */
function defaulted({ test, alternate }: acorn.ConditionalExpression): acorn.Expression | undefined {
  const comparison = strip(test);
  if (comparison.type !== 'BinaryExpression' || comparison.operator !== '===') return undefined;
  const right = strip(comparison.right);
  const isVoid = right.type === 'UnaryExpression' && right.operator === 'void';
  return isVoid || (right.type === 'Identifier' && right.name === 'undefined') ? strip(alternate) : undefined;
}

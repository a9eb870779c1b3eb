import type * as acorn from 'acorn';
import { isMade, lowered } from './compiler-names';
import { closureIn } from './lowered';
import { calleeName, isArguments, isLeading, returned, strip, unwrap, writtenKey } from './nodes';
import { asNames, readPattern } from './pattern';
import { excerpt, type FunctionNode, type Source } from './source';
import type { Parameters, RequestedName } from './types';

// `__rest`, `__objRest`, `_objectWithoutProperties`, `_object_without_properties`; for `{ ...rest }` alone
// Babel and SWC copy: `_extends({}, _ref)`.
const REST = /^__(?:rest|objRest)$|object_?without_?properties|^_extends$|^_object_?spread/i;

// SWC, for `{}`: `let ref1 = _object_destructuring_empty(ref)`.
const EMPTY = /object_?destructuring_?empty/i;

/** One variable of the declarations at the head of a function. */
interface Declared {
  readonly target: acorn.Pattern;
  readonly value: acorn.Expression;
  readonly kind: acorn.VariableDeclaration['kind'];
}

/**
 * The names in a pattern with a rest, at whatever depth, which ES2015 to ES2017 do not have, so that compilers take
 * the pattern apart: `(_a) => { var _b = _a.a, { b } = _b, r = __rest(_b, ["b"]), { c = 1 } = _a; …`. Undefined if the
 * function does nothing like it with `param`; names taken out one by one are ES5, where they count as gone.
 * `kinds` are those of the declarations that count.
 */
export function readRest(
  source: Source,
  fn: FunctionNode,
  param: string,
  kinds: readonly string[],
): Parameters | undefined {
  const reader = new RestReader(source, param);
  for (const declared of declarations(fn)) {
    const final = kinds.includes(declared.kind) ? reader.take(declared) : undefined;
    if (final) return final;
  }
  return reader.requested.size > 0 || reader.emptied ? asNames(reader.requested.values()) : undefined;
}

class RestReader {
  readonly requested = new Map<string, RequestedName>();
  /** Saw `{} = _a`, or what it compiles to. */
  emptied = false;
  /** Variables that hold the whole argument. */
  readonly #whole: Set<string>;
  /** Variables that hold a list whose element at the index is the whole argument. */
  readonly #lists = new Map<string, number>();
  /** Variables that hold the value of one key, before its default. */
  readonly #ofKey = new Map<string, string>();

  constructor(
    private readonly source: Source,
    private readonly param: string,
  ) {
    this.#whole = new Set([param]);
  }

  take({ target, value }: Declared): Parameters | undefined {
    if (this.#isWhole(value)) return this.#takeWhole(target);
    const listed = this.#takeListed(target, value);
    if (listed) return this.#takeWhole(listed);
    if (value.type === 'CallExpression' && EMPTY.test(calleeName(value.callee))) {
      this.emptied ||= this.#isWhole(unwrap(value.arguments[0]));
      return undefined;
    }
    if (value.type === 'CallExpression' && this.#takesRest(value))
      return { kind: 'rest', text: this.#rest(target), names: [...this.requested.values()] };
    return value.type === 'ConditionalExpression'
      ? this.#takeDefault(value, target)
      : this.#takeMember(value, target);
  }

  /** `_b = _a`, `{ a } = _a`. */
  #takeWhole(target: acorn.Pattern): Parameters | undefined {
    if (target.type === 'Identifier') {
      this.#whole.add(target.name);
      return undefined;
    }
    const read = readPattern(target, this.source);
    if (read.kind !== 'names') return read;
    for (const { name, optional } of read.names) this.#request(name, optional);
    this.emptied = true;
    return undefined;
  }

  /** SWC where the whole argument has a default: `_ref = [_0, _1], [_ref1 = {}] = _ref`; the target of the latter. */
  #takeListed(target: acorn.Pattern, value: acorn.Expression): acorn.Pattern | undefined {
    if (value.type === 'ArrayExpression' && target.type === 'Identifier') {
      const index = value.elements.findIndex(
        element => element?.type !== 'SpreadElement' && this.#isWhole(element),
      );
      if (index >= 0) this.#lists.set(target.name, index);
    }
    const index = value.type === 'Identifier' ? this.#lists.get(value.name) : undefined;
    const element =
      index !== undefined && target.type === 'ArrayPattern' ? target.elements[index] : undefined;
    return element?.type === 'AssignmentPattern' ? element.left : (element ?? undefined);
  }

  /** `__rest(_a, ["b"])`. Minified, the helper has no name to know it by, but the keys just taken. */
  #takesRest(call: acorn.CallExpression): boolean {
    if (!call.arguments.some(argument => this.#isWhole(unwrap(argument)))) return false;
    if (REST.test(calleeName(call.callee))) return true;
    const keys = unwrap(call.arguments[1]);
    if (call.arguments.length !== 2 || keys?.type !== 'ArrayExpression') return false;
    const names = keys.elements.map(key => (key?.type === 'Literal' ? key.value : undefined));
    return names.length === this.requested.size && names.every(name => this.requested.has(String(name)));
  }

  /** `_c = _b === void 0 ? {} : _b` where `_b` holds a key's value. */
  #takeDefault(value: acorn.ConditionalExpression, target: acorn.Pattern): Parameters | undefined {
    const tested = strip(value.alternate);
    if (tested.type !== 'Identifier') return undefined;
    if (this.#whole.has(tested.name)) return this.#es5();
    const key = this.#ofKey.get(tested.name);
    if (key === undefined) return undefined;
    this.#request(key, true);
    return isWritten(target) ? this.#es5() : undefined;
  }

  /** `_b = _a.a`, `[_b] = _a.a`, `__rest(_a.a, ["b"])`. */
  #takeMember(value: acorn.Expression, target: acorn.Pattern): Parameters | undefined {
    const helper = value.type === 'CallExpression' ? value : undefined;
    const member = helper ? unwrap(helper.arguments[0]) : value;
    if (member?.type !== 'MemberExpression') return undefined;
    const object = strip(member.object as acorn.Expression);
    // `b = _a.a.b`, `b = __read(_a.a, 1)[0]`
    if (object.type === 'MemberExpression' || object.type === 'CallExpression')
      return this.#takeMember(object, target);
    if (!this.#isWhole(object)) return undefined;
    const key = writtenKey(member.property as acorn.Expression, member.computed);
    if (key === undefined && member.property.type !== 'Literal') {
      const text = excerpt(`{ [${this.source.text.slice(member.property.start, member.property.end)}]: … }`);
      return { kind: 'computed', text, names: [...this.requested.values()] };
    }
    if (key === undefined || (helper ? !REST.test(calleeName(helper.callee)) : isWritten(target)))
      return this.#es5();
    this.#request(key, false);
    if (target.type === 'Identifier') this.#ofKey.set(target.name, key);
    return undefined;
  }

  #isWhole(value: acorn.Expression | null | undefined): boolean {
    return value?.type === 'Identifier' && this.#whole.has(value.name);
  }

  #request(name: string, optional: boolean): void {
    // Babel reads a key again for a rest within: `{ a: { b } = {} } = _ref, r = _objectWithout…(_ref.a, …)`.
    this.requested.set(name, { name, optional: optional || this.requested.get(name)?.optional === true });
  }

  #es5(): Parameters | undefined {
    return isMade(this.param) ? lowered(this.param) : undefined;
  }

  #rest(target: acorn.Pattern): string {
    const name = target.type === 'Identifier' ? target.name : 'rest';
    return excerpt(`{ ${[...this.requested.keys(), `...${name}`].join(', ')} }`);
  }
}

/** A variable that the user's code names, not the compiler. */
function isWritten(target: acorn.Pattern): boolean {
  return target.type === 'Identifier' && !isMade(target.name);
}

/** The pattern in `let { a } = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {}`. */
export function patternOfArgument(fn: FunctionNode, index: number): acorn.ObjectPattern | undefined {
  for (const { target, value } of declarations(fn))
    if (target.type === 'ObjectPattern' && value.type === 'ConditionalExpression') {
      const taken = strip(value.consequent);
      if (taken.type === 'MemberExpression' && isArguments(taken.object) && isIndex(taken.property, index))
        return target;
    }
  return undefined;
}

function isIndex(node: acorn.AnyNode, index: number): boolean {
  return node.type === 'Literal' && node.value === index;
}

/** The variables at the head of a function and of the closure with its code: `__async(…, function* () {…})`. */
function* declarations(fn: FunctionNode): Generator<Declared> {
  if (fn.body.type === 'BlockStatement') yield* declarationsIn(fn.body.body);
  const inner = closureIn(returned(fn))?.fn;
  if (inner?.generator && inner.params.length === 0) yield* declarations(inner);
}

function* declarationsIn(statements: readonly acorn.Statement[]): Generator<Declared> {
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations)
        if (init) yield { target: id, value: strip(init), kind: statement.kind };
    } else if (statement.type === 'TryStatement') {
      // Babel puts a function with `using` into one.
      yield* declarationsIn(statement.block.body);
      return;
    } else if (!isLeading(statement)) return;
  }
}

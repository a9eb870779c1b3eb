/** A node of a syntax tree, as ESLint's parsers make it. Other properties depend on its type. */
export interface Node {
  readonly type: string;
  readonly parent?: Node | null;
  readonly [property: string]: unknown;
}

/** A property that holds a node, if it is there. */
export function child(node: Node, name: string): Node | undefined {
  const found = node[name];
  return typeof found === 'object' && found !== null && 'type' in found ? (found as Node) : undefined;
}

/** A property that holds a list of nodes. */
export function children(node: Node, name: string): readonly Node[] {
  const found = node[name];
  return Array.isArray(found) ? (found as Node[]) : [];
}

/** The node and those around it, innermost first. */
export function* outward(node: Node): Generator<Node> {
  for (let each: Node | null | undefined = node; each; each = each.parent) yield each;
}

export function isFunction({ type }: Node): boolean {
  return /^(ArrowFunction|Function)Expression$/.test(type);
}

/** A chain of calls and members, such as `test.extend(…).override('a', 1)`. */
export interface Chain {
  /** The name that it begins with. */
  readonly root: string | undefined;
  readonly members: readonly string[];
}

export function chainOf(node: Node): Chain {
  const members: string[] = [];
  let each: Node | undefined = node;
  while (each !== undefined && each.type !== 'Identifier') {
    const property = child(each, 'property');
    if (each.type === 'MemberExpression' && property !== undefined)
      members.unshift(String(property.name ?? property.value));
    each = child(each, 'object') ?? child(each, 'callee') ?? child(each, 'tag') ?? child(each, 'expression');
  }
  return { root: each === undefined ? undefined : String(each.name), members };
}

/** Whether a file imports or requires a module, at its top level. */
export function importsFrom(file: Node, module: string): boolean {
  return children(file, 'body').some(
    statement =>
      child(statement, 'source')?.value === module ||
      children(statement, 'declarations').some(declared => {
        const init = child(declared, 'init');
        if (init === undefined || child(init, 'callee')?.name !== 'require') return false;
        return children(init, 'arguments')[0]?.value === module;
      }),
  );
}

/** The call that takes a function: as its argument, or in an object or list there. */
export function callTaking(fn: Node): Node | undefined {
  let inner = fn;
  for (const each of outward(fn)) {
    if (each === fn) continue;
    if (each.type === 'CallExpression') return children(each, 'arguments').includes(inner) ? each : undefined;
    if (!/^(Property|ObjectExpression|ArrayExpression|TS(As|Satisfies)Expression)$/.test(each.type))
      return undefined;
    inner = each;
  }
  return undefined;
}

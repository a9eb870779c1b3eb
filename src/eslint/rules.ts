import { callTaking, chainOf, child, children, isFunction, type Node, outward } from './nodes';

/** What a rule reports. */
export interface Report {
  readonly node?: Node;
  readonly loc?: { readonly start: object };
  readonly messageId?: string;
}

/** The part of the file that a rule sees. */
export interface RuleContext {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sourceCode?: {
    readonly ast: Node;
    getScope?(node: Node): Scope;
    getNodeByRangeIndex(index: number): Node | null;
    getIndexFromLoc(place: object): number;
  };
  report(report: Report): void;
}

interface Scope {
  readonly upper: Scope | null;
  readonly set: ReadonlyMap<string, { readonly defs: readonly { readonly node: Node }[] }>;
}

/** Decides about a report of a rule: false where it is right. Its own reports go to `context`. */
export type IsFalseAlarm = (node: Node, report: Report, context: RuleContext) => boolean;

const TESTS = new Set(['test', 'it']);
/** What else declares something at the top of a file, with modifiers or imported from here. */
const DECLARE = new Set([
  ...['fixture', 'mark', 'mergeTests', 'describe'],
  ...['beforeAll', 'beforeEach', 'afterEach', 'afterAll'],
]);

/** The rules of each plugin that know nothing of fixtures. */
export const FALSE_ALARMS: Readonly<Record<string, Readonly<Record<string, IsFalseAlarm>>>> = {
  jest: {
    // An object pattern requests fixtures; `done` is a plain identifier.
    'no-done-callback': node => isObjectPattern(node),
    'no-standalone-expect': (node, _report, context) => isInFixtureOrTest(node, context),
    'require-top-level-describe': node => isInDescribe(node),
    'require-hook': (node, _report, context) => isDeclaration(node, context),
    'valid-describe-callback': (node, { messageId }, context) => {
      const call = [...outward(node)].find(({ type }) => type === 'CallExpression');
      const [, options, callback] = call === undefined ? [] : children(call, 'arguments');
      if (options === undefined || callback === undefined || isFunction(options)) return false;
      if (messageId !== 'secondArgumentMustBeFunction' || !isFunction(callback)) return false;
      // The rule looks no further.
      if (callback.async === true) context.report({ node: callback, messageId: 'noAsyncDescribeCallback' });
      return true;
    },
  },
  '@typescript-eslint': {
    // interface Fixtures extends FixturesOf<typeof fixtures> {}
    'no-empty-object-type': node => {
      const around = [...outward(node)];
      const declared = around.find(({ type }) => type === 'TSInterfaceDeclaration');
      const module = around.find(({ type }) => type === 'TSModuleDeclaration');
      if (declared === undefined || module === undefined) return false;
      return child(declared, 'id')?.name === 'Fixtures' && child(module, 'id')?.value === 'jest-loop';
    },
  },
};

function isObjectPattern(node: Node): boolean {
  return node.type === 'ObjectPattern' || child(node, 'left')?.type === 'ObjectPattern';
}

/** Whether code runs in a fixture, or in a test whose modifiers the rule does not know. */
function isInFixtureOrTest(node: Node, context: RuleContext): boolean {
  for (const each of outward(node)) {
    const call = isFunction(each) ? callTaking(each) : undefined;
    if (call === undefined) continue;
    const { root } = chainOf(child(call, 'callee')!);
    // A hook that requests fixtures checks them.
    const [first] = children(each, 'params');
    if (root !== undefined && DECLARE.has(root) && root !== 'describe' && first && isObjectPattern(first))
      return true;
    if (root === 'fixture' || (root !== undefined && isTest(root, call, context))) return true;
  }
  return false;
}

/** Whether code is in a describe block, with or without modifiers. */
function isInDescribe(node: Node): boolean {
  return [...outward(node)].some(each => {
    const call = isFunction(each) ? callTaking(each) : undefined;
    return call !== undefined && chainOf(child(call, 'callee')!).root === 'describe';
  });
}

/** Whether a call at the top of a file declares or marks something. */
function isDeclaration(node: Node, context: RuleContext): boolean {
  const { root } = chainOf(child(node, 'expression') ?? node);
  return root !== undefined && (DECLARE.has(root) || isTest(root, node, context));
}

/** Whether a name is that of a test function: `test`, or a variable with what was made from it. */
function isTest(name: string, from: Node, context: RuleContext, seen = new Set<string>()): boolean {
  if (TESTS.has(name)) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  let scope = context.sourceCode?.getScope?.(from) ?? null;
  for (; scope !== null; scope = scope.upper) {
    const [definition] = scope.set.get(name)?.defs ?? [];
    if (definition === undefined) continue;
    // Imported under another name: import { test as base } from './fixtures'.
    const imported = child(definition.node, 'imported');
    if (imported !== undefined) return TESTS.has(String(imported.name));
    const init = child(definition.node, 'init');
    if (init === undefined) return false;
    const { root } = chainOf(init);
    return root === 'mergeTests' || (root !== undefined && isTest(root, init, context, seen));
  }
  return false;
}

import { type AnyNode, type Expression, type ObjectExpression, type Program, parse } from 'acorn';

/** One property of a configuration. */
export interface Member {
  /** Undefined for a spread or a computed name. */
  readonly name: string | undefined;
  /** Where its value is a string. */
  readonly text: string | undefined;
  /** Where its value is an object. */
  readonly object: ConfigObject | undefined;
  /** Where its value is a list: strings and objects, and undefined for everything else. */
  readonly items: readonly (string | ConfigObject | undefined)[] | undefined;
  readonly start: number;
  readonly end: number;
}

/** An object literal with a configuration, in the text of a file. */
export interface ConfigObject {
  /** After its opening brace, and at its closing one. */
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

/** The object of a JSON file; undefined if it is none. */
export function objectInJson(text: string): ConfigObject | undefined {
  const program = parsed(`(${text})`, 'script');
  const [statement] = program?.body ?? [];
  if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'ObjectExpression')
    return undefined;
  // Without the parenthesis.
  return shape(statement.expression, -1);
}

/**
 * The object that a JavaScript or TypeScript file exports: an object literal, perhaps by a name, through `defineConfig`
 * or as the result of a function. Undefined for everything else.
 */
export function exportedObject(text: string): ConfigObject | undefined {
  const source = withoutTypes(text);
  const program = parsed(source, 'module') ?? parsed(source, 'script');
  const exported = program === undefined ? undefined : exportOf(program);
  const found = exported === undefined ? undefined : literal(exported, program!);
  return found === undefined ? undefined : shape(found, 0);
}

function parsed(text: string, sourceType: 'module' | 'script'): Program | undefined {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType, allowHashBang: true });
  } catch {
    return undefined;
  }
}

/** The places in configurations where TypeScript has types. */
const TYPES = [
  /^import\s+type\s[^;\n]*/gm,
  /(?<=^import\s*\{[^}]*)\btype\s+(?=\w)/gm,
  /(?<=\b(?:const|let|var)\s+\w+\s*):[^=\n]+(?==)/g,
  /(?<=\)\s*):[^=\n{]+(?==>)/g,
  /\b(?:satisfies|as)\s+[\w.<>]+/g,
];

/** Blanks out types; every other character keeps its place. */
function withoutTypes(text: string): string {
  return TYPES.reduce((source, type) => source.replace(type, found => ' '.repeat(found.length)), text);
}

function exportOf({ body }: Program): AnyNode | undefined {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
      continue;
    const { left, right } = statement.expression;
    if (left.type === 'MemberExpression' && !left.computed && isNamed(left.object, 'module')) return right;
  }
  return undefined;
}

const isNamed = (node: AnyNode, name: string): boolean => node.type === 'Identifier' && node.name === name;

function literal(node: AnyNode, program: Program): ObjectExpression | undefined {
  switch (node.type) {
    case 'ObjectExpression':
      return node;
    case 'Identifier': {
      const value = initialValue(node.name, program);
      return value?.type === 'ObjectExpression' ? value : undefined;
    }
    case 'CallExpression': {
      const [config, ...more] = node.arguments;
      const keeps = isNamed(node.callee, 'defineConfig') && config !== undefined && more.length === 0;
      return keeps ? literal(config, program) : undefined;
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration': {
      if (node.body.type !== 'BlockStatement') return literal(node.body, program);
      const [statement, ...more] = node.body.body;
      const returns = statement?.type === 'ReturnStatement' && more.length === 0 && statement.argument;
      return returns ? literal(returns, program) : undefined;
    }
    default:
      return undefined;
  }
}

function initialValue(name: string, { body }: Program): Expression | undefined {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration') continue;
    const found = statement.declarations.find(({ id }) => isNamed(id, name));
    if (found?.init) return found.init;
  }
  return undefined;
}

function shape({ start, end, properties }: ObjectExpression, offset: number): ConfigObject {
  const members = properties.map((property): Member => {
    const place = { start: property.start + offset, end: property.end + offset };
    if (property.type === 'SpreadElement' || property.computed)
      return { name: undefined, text: undefined, object: undefined, items: undefined, ...place };
    const { key, value } = property;
    return {
      name: key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined,
      text: textIn(value),
      object: value.type === 'ObjectExpression' ? shape(value, offset) : undefined,
      items:
        value.type === 'ArrayExpression'
          ? value.elements.map(each =>
              each?.type === 'ObjectExpression' ? shape(each, offset) : textIn(each),
            )
          : undefined,
      ...place,
    };
  });
  return { start: start + 1 + offset, end: end - 1 + offset, members };
}

const textIn = (node: AnyNode | null): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

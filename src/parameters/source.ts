import type * as acorn from 'acorn';
import { withOriginals } from '../node/capture/originals';
import type { AnyFunction } from './types';

/** A function as the parser sees it; a method is the function behind its name. */
export type FunctionNode = acorn.FunctionExpression | acorn.ArrowFunctionExpression;

/** A parsed function, with the text that its nodes' positions refer to. */
export interface Source {
  readonly fn: FunctionNode;
  readonly text: string;
}

interface Frame {
  readonly before: string;
  readonly after: string;
  /** The function within the framed expression. */
  readonly open: (expression: acorn.Expression) => acorn.AnyNode | null | undefined;
}

const NATIVE = /\{\s*\[native code\]\s*\}$/;
const SHOWN = 80;

/** What a function's own text can stand in. */
const FRAMES: readonly Frame[] = [
  { before: '(', after: '\n)', open: expression => expression },
  // A method: its text has no `function`.
  {
    before: '({',
    after: '\n})',
    open: object => {
      const property = object.type === 'ObjectExpression' ? object.properties[0] : undefined;
      return property?.type === 'Property' ? property.value : undefined;
    },
  },
  // A method with a `#private` name.
  {
    before: '(class extends null {',
    after: '\n})',
    open: body => {
      const member = body.type === 'ClassExpression' ? body.body.body[0] : undefined;
      return member?.type === 'MethodDefinition' ? member.value : undefined;
    },
  },
  // An arrow that uses its surroundings' `new.target`.
  {
    before: '(function () { return (',
    after: '\n) })',
    open: outer => {
      const statement = outer.type === 'FunctionExpression' ? outer.body.body[0] : undefined;
      return statement?.type === 'ReturnStatement' ? statement.argument : undefined;
    },
  },
];

/** The function's text by the language's own `toString`, whatever its realm and whatever it overrides. */
export function sourceOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn);
}

/** Whether this is the text of a bound or native function, or of a callable proxy. */
export function isNative(text: string): boolean {
  return NATIVE.test(text);
}

/** The parsed function; `'class'` for a class, `undefined` if the parser does not understand the text. */
export function parse(text: string): Source | 'class' | undefined {
  for (const { before, after, open } of FRAMES) {
    const framed = before + text + after;
    const expression = parseExpression(framed);
    const found = expression && open(expression);
    if (found?.type === 'ClassExpression') return 'class';
    if (found?.type === 'ArrowFunctionExpression' || found?.type === 'FunctionExpression') {
      return { fn: found, text: framed };
    }
  }
  return /^class[\s{]/.test(text) ? 'class' : undefined;
}

/** A piece of source on one line, shortened, to show in a message. */
export function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > SHOWN ? line.slice(0, SHOWN - 1) + '…' : line;
}

/** The text of one node, to show in a message. */
export function textOf(node: acorn.Node, source: Source): string {
  return excerpt(source.text.slice(node.start, node.end));
}

function parseExpression(framed: string): acorn.Expression | undefined {
  const { parse } = parser();
  try {
    const program = parse(framed, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      // Of a function cut out of its surroundings, all of these may be right.
      allowSuperOutsideMethod: true,
      allowImportExportEverywhere: true,
      checkPrivateFields: false,
    });
    const statement = program.body[0];
    return statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  } catch {
    return undefined;
  }
}

type Parser = Pick<typeof acorn, 'parse'>;
let loaded: Parser | undefined;

// Loaded only when a source needs it: most test files never do.
function parser(): Parser {
  loaded ??= withOriginals(() => require('acorn') as Parser);
  return loaded;
}

import type { RequestedName } from './types';

/** A plain identifier as source. */
export const NAME = '[A-Za-z_$][\\w$]*';

/** One parameter of a plain list: a name, a pattern's names, or nothing because the list ended at `at`. */
export type Entry =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'names'; readonly names: readonly RequestedName[] }
  | { readonly kind: 'ended'; readonly at: number };

// `{ a, b: x }`: no defaults, no nesting, no comments, nothing quoted.
const PATTERN = new RegExp(`\\{\\s*(?:${NAME}(?:\\s*:\\s*${NAME})?\\s*(?:,\\s*|(?=\\})))*\\}\\s*`, 'y');
const IDENTIFIER = new RegExp(`(${NAME})\\s*`, 'y');
const SPACE = /\s*/y;

const [COMMA, COLON, CLOSE] = [44, 58, 125];

/**
 * The parameter at `index` of the list whose first parameter starts at `start`, read without a parser;
 * `undefined` if the list is not plain up to there.
 */
export function entryAt(text: string, start: number, index: number): Entry | undefined {
  let at = start;
  for (let position = 0; ; position++) {
    if (text[at] === ')') return { kind: 'ended', at };
    const isPattern = text[at] === '{';
    const match = matchAt(isPattern ? PATTERN : IDENTIFIER, text, at);
    if (match === null) return undefined;
    const end = at + match[0].length;
    const next = text[end];
    // A pattern is certain whatever follows it, a name only if it has no default.
    if (position === index && isPattern) return { kind: 'names', names: namesIn(text, at) };
    if (next !== ',' && next !== ')') return undefined;
    if (position === index) return { kind: 'name', name: match[1]! };
    at = next === ',' ? end + 1 + matchAt(SPACE, text, end + 1)![0].length : end;
  }
}

/** The match of a sticky expression at one place. */
export function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

/** The keys of a pattern that is known to be plain. By hand, as `split` costs more than all else here. */
function namesIn(text: string, start: number): RequestedName[] {
  const names: RequestedName[] = [];
  let renamed = false;
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE) return names;
    if (code === COLON) renamed = true;
    if (code === COMMA) renamed = false;
    if (!isWord(code)) continue;
    const from = at;
    while (isWord(text.charCodeAt(at + 1))) at++;
    if (renamed) continue;
    const name = text.slice(from, at + 1);
    if (!names.some(requested => requested.name === name)) names.push({ name, optional: false });
  }
}

function isWord(code: number): boolean {
  // a-z, A-Z, 0-9, _ and $.
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

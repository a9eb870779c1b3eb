import { isHandWritten } from './compiler-names';
import { entryAt, matchAt, NAME } from './list';
import type { Parameters } from './types';

// All up to the first parameter: of an arrow, a function or a method, also async and generators.
const HEAD = new RegExp(`^(?:async\\b\\s*)?(?:function\\b\\s*)?(?:\\*\\s*)?(?:${NAME}\\s*)?\\(\\s*`);
// An arrow without parentheses.
const BARE = new RegExp(`^(?:async\\s+)?(${NAME})\\s*=>`);
const ARROW = /\)\s*=>/y;
// The rest of a lowered function's head, from its first parameter to that of the generator within:
// `_a, use_1) => __awaiter(this, [_a, use_1], void 0, function* (`. TypeScript 5.4 and later to ES2015, which
// is what ts-jest compiles to by default, and esbuild.
const MOVED = new RegExp(
  `[\\w$, ]+\\)\\s*(?:=>\\s*|\\{\\s*return )(?:${NAME}\\.)?__(?:awaiter|async|asyncGenerator)` +
    `\\((?:this|void 0|null), (?:arguments|\\[[\\w$, ]+\\]), (?:void 0, )?function\\* ?(?:${NAME})?\\(\\s*`,
  'y',
);

const NONE: Parameters = { kind: 'none' };

/**
 * What the parameter at `index` requests, if the head of the source is plain and shows it for certain, without
 * a look at the body; `undefined` if it takes the parser. `length` is the function's own.
 */
export function quickRead(text: string, index: number, length: number): Parameters | undefined {
  const head = HEAD.exec(text);
  if (head === null) {
    const bare = BARE.exec(text);
    if (bare === null) return undefined;
    return index > 0 ? NONE : identifier(bare[1]!);
  }
  const start = head[0].length;
  const entry = entryAt(text, start, index);
  switch (entry?.kind) {
    case 'names':
      return entry;
    case 'name':
      return identifier(entry.name) ?? moved(text, start, index);
    case 'ended':
      return ended(text, entry.at, index, length);
    default:
      return undefined;
  }
}

/** The list ended before the requested parameter. */
function ended(text: string, at: number, index: number, length: number): Parameters | undefined {
  // Bound and native functions have a length but no list.
  if (length > index) return undefined;
  // Compilers read parameters with defaults from `arguments`; an arrow has none.
  return matchAt(ARROW, text, at) === null && text.includes('arguments', at) ? undefined : NONE;
}

function moved(text: string, start: number, index: number): Parameters | undefined {
  const head = matchAt(MOVED, text, start);
  const entry = head === null ? undefined : entryAt(text, start + head[0].length, index);
  if (entry?.kind === 'name') return identifier(entry.name);
  return entry?.kind === 'names' ? entry : undefined;
}

function identifier(name: string): Parameters | undefined {
  return isHandWritten(name) ? { kind: 'identifier', name } : undefined;
}

import { getOrMake } from '../../util/get-or-make';

/** A line of `--setup-show`, whose end may not be known when its place is. */
export interface Line {
  readonly indent: number;
  text: string;
  /** How a set-up or teardown ended, if not well. */
  end?: string;
  /** What is set up or torn down; absent for a test. */
  readonly of?: Source;
}

/** Which fixture it is, and where. */
export interface Source {
  readonly scope: string;
  /** Its name, with its parameter. */
  readonly shown: string;
  /** Where it is declared; absent for a built-in. */
  readonly at?: string | undefined;
  /** The titles of the describe block that it lives in, for that scope. */
  readonly block?: readonly string[] | undefined;
}

/** The texts of the lines. Those of different fixtures, or of different blocks, that would read the same say where. */
export function toldApart(lines: readonly Line[]): string[] {
  const alike = new Map<string, Source[]>();
  for (const { of } of lines) if (of !== undefined) getOrMake(alike, keyOf(of), () => []).push(of);
  const several = new Map([...alike].map(([key, sources]) => [key, differencesOf(sources)]));
  return lines.map(({ indent, text, of, end }) => {
    const wheres = of === undefined ? [] : several.get(keyOf(of))!.map(where => ` (${where(of)})`);
    return `${' '.repeat(indent)}${text}${wheres.join('')}${end === undefined ? '' : ` ${end}`}`;
  });
}

const keyOf = ({ scope, shown }: Source): string => `${scope}\0${shown}`;

const WHERES = [
  ({ at }: Source): string => at ?? 'built in',
  ({ block = [] }: Source): string => (block.length === 0 ? 'in the file' : `in "${block.join(' › ')}"`),
];

/** What differs between them. */
function differencesOf(sources: readonly Source[]): typeof WHERES {
  return WHERES.filter(where => new Set(sources.map(where)).size > 1);
}

import { errorOf } from '../errors/problem';
import { invalidFlag, unknownFlag } from '../errors/project/command-line';
import { stringify } from '../node/json';
import { FLAGS, type Flag } from './flags';
import { type Token, tokensOf } from './tokens';

/** A command line, taken apart. */
export interface CommandLine {
  /** The arguments for Jest, in their order. */
  readonly jest: readonly string[];
  /** The environment variables that our flags set; undefined removes one. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Our flags that are on, as they are written in full. */
  readonly flags: readonly string[];
  readonly help: boolean;
  readonly init: boolean;
}

/** What `--fixtures` takes for a name: a path, or a pattern with a dot, is Jest's. */
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * Separates our flags from Jest's arguments. Ours may stand anywhere before `--`, as `--flag value` or `--flag=value`,
 * also in camel case like Jest's. Throws for a wrong value.
 */
export function parseArguments(args: readonly string[], cwd: string): CommandLine {
  const tokens = tokensOf(args);
  const taken = new Taken(cwd, args);
  const jest: string[] = [];
  /** Positional arguments after a flag of ours: one of Jest's lists, like `--projects a b`, must not go on with them. */
  const patterns: string[] = [];
  let rest: string[] = [];
  let afterOurs = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'option-terminator') {
      rest = args.slice(token.index + 1);
      break;
    }
    const values = token.kind === 'option' ? taken.take(token, tokens.slice(at + 1)) : undefined;
    if (values !== undefined) {
      at += values;
      afterOurs = true;
      continue;
    }
    if (token.kind === 'option') afterOurs = false;
    const isPattern = token.kind === 'positional' && afterOurs && jest.some(each => each.startsWith('-'));
    (isPattern ? patterns : jest).push(args[token.index]!);
  }
  const last = [...patterns, ...rest];
  // As pytest has it. Jest knows no `-v`.
  const own = taken.on.has('--fixtures') ? jest.map(arg => (arg === '-v' ? '--verbose' : arg)) : jest;
  return {
    jest: last.length === 0 ? own : [...own, '--', ...last],
    env: taken.env,
    flags: [...taken.on],
    help: taken.help,
    init: taken.init,
  };
}

class Taken {
  readonly env: Record<string, string | undefined> = {};
  readonly on = new Set<string>();
  help = false;
  init = false;
  readonly #names: string[] = [];

  constructor(
    readonly cwd: string,
    readonly args: readonly string[],
  ) {}

  /** Takes a flag, if it is ours. Returns how many of the tokens after it are its values. */
  take(token: Token & { kind: 'option' }, next: readonly Token[]): number | undefined {
    const { rawName, value } = token;
    if (rawName === '-h' || rawName === '--help') this.help = true;
    else if (rawName === '--init') this.init = true;
    else return this.#takeFlag(rawName, value, next);
    return 0;
  }

  #takeFlag(rawName: string, inline: string | undefined, next: readonly Token[]): number | undefined {
    if (!rawName.startsWith('--')) return undefined;
    const name = rawName.slice(2).replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const off = FLAGS.find(each => `no-${each.name}` === name && each.value.kind === 'switch');
    if (off !== undefined && inline === undefined) {
      this.#switch(off, false);
      return 0;
    }
    const flag = FLAGS.find(each => each.name === name);
    // Jest overlooks some unknown flags; it has none with this prefix.
    if (flag === undefined && name.startsWith('loop-') && name !== 'loop-')
      throw errorOf(
        unknownFlag(
          rawName,
          FLAGS.map(each => `--${each.name}`),
        ),
      );
    if (flag === undefined) return undefined;
    const following = next[0]?.kind === 'positional' ? next[0].value : undefined;
    switch (flag.value.kind) {
      case 'switch':
        this.#switch(flag, readSwitch(flag, inline));
        return 0;
      case 'value':
        this.#set(flag, checked(flag, inline ?? following ?? this.#negative(next[0])));
        return inline === undefined ? 1 : 0;
      case 'optional': {
        const { byDefault, fits, convert } = flag.value;
        const given = inline ?? (following !== undefined && fits(following) ? following : undefined);
        this.#set(flag, convert(given === undefined ? byDefault : checked(flag, given), this.cwd));
        return inline === undefined && given !== undefined ? 1 : 0;
      }
      case 'names':
        return this.#takeNames(flag, inline, next);
    }
  }

  /** `-5`, which looks like a flag. */
  #negative(token: Token | undefined): string | undefined {
    return token?.kind === 'option' && /^-\d/.test(token.rawName) ? this.args[token.index] : undefined;
  }

  #takeNames(flag: Flag, inline: string | undefined, next: readonly Token[]): number {
    let count = 0;
    if (inline !== undefined) {
      const names = inline.split(',').map(name => name.trim());
      if (names.includes('')) throw errorOf(invalidFlag(flag.name, 'names, separated by commas', inline));
      this.#names.push(...names);
    } else {
      for (const token of next) {
        if (token.kind !== 'positional' || !NAME.test(token.value)) break;
        this.#names.push(token.value);
        count++;
      }
    }
    this.#set(flag, stringify([...new Set(this.#names)]));
    return count;
  }

  #switch(flag: Flag, on: boolean): void {
    if (on) this.#set(flag, '1');
    else {
      // An empty variable counts as none. Debug mode may be on by the configuration.
      this.env[flag.variable] = flag.variable === 'JEST_LOOP_DEBUG' ? '0' : undefined;
      this.on.delete(`--${flag.name}`);
    }
  }

  #set(flag: Flag, text: string): void {
    this.env[flag.variable] = text;
    this.on.add(`--${flag.name}`);
  }
}

function readSwitch({ name }: Flag, inline: string | undefined): boolean {
  if (inline === undefined || inline === 'true') return true;
  if (inline === 'false') return false;
  throw errorOf(invalidFlag(name, 'one of "true", "false"', inline));
}

/** Checks the text of a value. */
function checked({ name, value }: Flag, text: string | undefined): string {
  if (value.kind !== 'value' && value.kind !== 'optional') throw new Error(name);
  const [expected, holds] = value.check;
  const read = value.kind === 'value' ? value.read : readOptional;
  if (text === undefined || !holds(read(text))) throw errorOf(invalidFlag(name, expected, text));
  return text;
}

const readOptional = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text);

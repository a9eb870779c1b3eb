import { MORE, VALUES } from '../../util/vlq';

/** Where generated code stands in its source. */
export interface SourceLine {
  /** The index of the source; undefined for code that has none. */
  readonly source: number | undefined;
  /** From 1. */
  readonly line: number;
}

const COMMA = 44;
const SEMICOLON = 59;

/**
 * Finds the source lines of generated code in the mappings of its source map. Libraries make an object of each mapping,
 * and a file of a thousand small tests has fifty thousand. This keeps three numbers for each generated line that it has
 * passed, and reads a line again to find a column in it.
 * https://tc39.es/ecma426/#sec-mappings
 */
export class SourceLines {
  #mappings: string;
  readonly #more: () => string;
  /** For each line: where it begins, and the source and its line that the next mapping counts from. */
  readonly #starts = [0, 0, 0];

  /** The mappings as they begin, and what gives the rest piece by piece, at their end an empty one. */
  constructor(mappings: string, more: () => string = () => '') {
    this.#mappings = mappings;
    this.#more = more;
  }

  /**
   * The source of a position in the generated code: `line` from 1, `column` from 0. Throws where the mappings are
   * damaged, or in no order.
   */
  find(line: number, column: number): SourceLine {
    const starts = this.#starts;
    while (starts.length < 3 * line) {
      if (starts.at(-3)! > this.#mappings.length) break;
      this.#read(starts.length / 3 - 1, -1);
    }
    const found = starts.length < 3 * line ? undefined : this.#read(line - 1, column);
    return found ?? { source: undefined, line };
  }

  /** Reads a line. Gives the last mapping up to a column, of several at that very column the first one. */
  #read(index: number, column: number): SourceLine | undefined {
    let text = this.#mappings;
    const starts = this.#starts;
    let at = starts[3 * index]!;
    let source = starts[3 * index + 1]!;
    let line = starts[3 * index + 2]!;
    let field = 0;
    let value = 0;
    let shift = 0;
    let generated = 0;
    let found = -1;
    let foundSource = -1;
    let foundLine = 0;
    for (let code = COMMA; code !== SEMICOLON; ) {
      if (at === text.length) text = this.#mappings += this.#more();
      code = at < text.length ? text.charCodeAt(at) : SEMICOLON;
      at++;
      if (code === COMMA || code === SEMICOLON) {
        if (field > 0 && generated <= column && (found !== column || generated !== column)) {
          found = generated;
          foundSource = field > 1 ? source : -1;
          foundLine = line + 1;
        }
        field = 0;
        continue;
      }
      const digit = VALUES[code] ?? -1;
      if (digit < 0) throw new Error('damaged mappings');
      value |= (digit & (MORE - 1)) << shift;
      shift += 5;
      if (digit >= MORE) continue;
      const delta = value & 1 ? -(value >> 1) : value >> 1;
      if (field === 0 && delta < 0) throw new Error('mappings in no order');
      if (field === 0) generated += delta;
      else if (field === 1) source += delta;
      else if (field === 2) line += delta;
      field++;
      value = 0;
      shift = 0;
    }
    if (starts.length === 3 * (index + 1)) starts.push(at, source, line);
    return foundSource < 0 ? undefined : { source: foundSource, line: foundLine };
  }
}

import { allocUnsafe, part, stringOf } from '../../node/buffer';
import { DIGITS, MORE } from '../../util/vlq';

const CODES = Uint8Array.from(DIGITS, digit => digit.charCodeAt(0));
/** How many digits a number may have: 53 bits and a sign. */
const LONGEST = 11;
/** How many bits of a number each of them has. */
const BITS = 5;
/** Up to this, numbers are integers to V8, and much faster. */
const SMALL = 2 ** 30 - 1;

/**
 * The whole numbers of a line as its text. See ../events/marks.ts. Each is written as it comes: code that runs for each
 * event becomes fast, which code that runs for each line does not.
 */
export class NumberText {
  /** How many digits it has. */
  length = 0;
  readonly #bytes: Buffer;

  /** `most`: how many digits there may be, and then how many more numbers. */
  constructor(most: number, numbers = 0) {
    this.#bytes = allocUnsafe(most + numbers * LONGEST);
  }

  add(number: number): void {
    const bytes = this.#bytes;
    let at = this.length;
    let rest = number < 0 ? -2 * number + 1 : 2 * number;
    while (rest > SMALL) {
      bytes[at++] = CODES[MORE + (rest % MORE)]!;
      rest = Math.floor(rest / MORE);
    }
    let small = rest | 0;
    while (small >= MORE) {
      bytes[at++] = CODES[MORE | (small & (MORE - 1))]!;
      small >>>= BITS;
    }
    bytes[at++] = CODES[small]!;
    this.length = at;
  }

  /** Gives the text, and begins another one. */
  end(): string {
    const text = stringOf(part(this.#bytes, 0, this.length), 'latin1');
    this.length = 0;
    return text;
  }
}

import { allocUnsafe, part, stringOf } from '../../node/buffer';
import { DIGITS, MORE } from '../../util/vlq';

const CODES = Uint8Array.from(DIGITS, digit => digit.charCodeAt(0));
/** How many digits a number may have: 53 bits and a sign. */
const LONGEST = 11;

/** Writes whole numbers as the text of a line. See ../events/marks.ts. `most`: how many there may be. */
export class NumberText {
  readonly #bytes: Buffer;

  constructor(most: number) {
    this.#bytes = allocUnsafe(most * LONGEST);
  }

  of(numbers: Float64Array, length: number): string {
    const bytes = this.#bytes;
    let at = 0;
    for (let i = 0; i < length; i++) {
      const number = numbers[i]!;
      let rest = number < 0 ? -2 * number + 1 : 2 * number;
      while (rest >= MORE) {
        bytes[at++] = CODES[MORE + (rest % MORE)]!;
        rest = Math.floor(rest / MORE);
      }
      bytes[at++] = CODES[rest]!;
    }
    return stringOf(part(bytes, 0, at), 'latin1');
  }
}

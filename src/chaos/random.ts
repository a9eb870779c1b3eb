/*
 * Numbers that are the same on every version of Node: only 32-bit integer arithmetic. Neither generator is
 * cryptographic.
 */

/** A stream of random numbers, one for each text: Chris Doty-Humphrey's sfc32. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(text: string) {
    [this.#a, this.#b, this.#c] = hashes(text);
    // The first numbers still resemble the state.
    for (let round = 0; round < 12; round++) this.next();
  }

  /** A whole number from 0 to 2³² - 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }
}

/** Three 32-bit hashes of a text: FNV-1a over its UTF-16 code units, each from another start, mixed at the end. */
function hashes(text: string): [number, number, number] {
  const hash = (start: number): number => {
    let value = start;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return value ^ (value >>> 16);
  };
  return [hash(0x811c9dc5), hash(0x1b873593), hash(0x7ed55d16)];
}

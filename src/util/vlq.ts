/*
 * Numbers as source maps write them: digits of base 64, the lowest first, with five bits each and one that says that
 * another one follows. https://tc39.es/ecma426/#sec-base64-vlq
 */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The value of each digit by its character code; -1 for what is none. */
export const VALUES = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

/** A digit that another one follows is at least this. */
export const MORE = 32;

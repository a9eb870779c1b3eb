import { captured } from './capture/captured';

/** Sandboxes share `Buffer` with this realm. */
export const { alloc, allocUnsafe, byteLength, concat, from, isBuffer } = captured(
  'buffer',
  () => Buffer,
  'alloc',
  'allocUnsafe',
  'byteLength',
  'concat',
  'from',
  'isBuffer',
);

const methods = captured(
  'buffer/methods',
  () => Buffer.prototype,
  'equals',
  'indexOf',
  'readUInt32BE',
  'subarray',
  'toString',
  'write',
  'writeUInt32BE',
);

/** `bytes.equals(others)`. */
export const equals = (bytes: Buffer, others: Uint8Array): boolean =>
  Reflect.apply(methods.equals, bytes, [others]);

/** `bytes.toString(encoding)`. */
export const stringOf = (bytes: Buffer, encoding: BufferEncoding): string =>
  Reflect.apply(methods.toString, bytes, [encoding]);

/** `bytes.toString('hex')`. */
export const hexOf = (bytes: Buffer): string => stringOf(bytes, 'hex');

/** `bytes.subarray(from, to)`. */
export const part = (bytes: Buffer, from: number, to?: number): Buffer =>
  Reflect.apply(methods.subarray, bytes, [from, to]);

/** `bytes.indexOf(text, from)`. */
export const indexIn = (bytes: Buffer, text: string, from = 0): number =>
  Reflect.apply(methods.indexOf, bytes, [text, from]);

/** `bytes.readUInt32BE()`. */
export const readUInt32 = (bytes: Buffer): number => Reflect.apply(methods.readUInt32BE, bytes, []);

/** `bytes.write(text, at)`. */
export const writeText = (bytes: Buffer, text: string, at: number): number =>
  Reflect.apply(methods.write, bytes, [text, at]);

/** `bytes.writeUInt32BE(value)`. */
export const writeUInt32 = (bytes: Buffer, value: number): number =>
  Reflect.apply(methods.writeUInt32BE, bytes, [value]);

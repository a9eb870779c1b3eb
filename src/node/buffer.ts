import { captured } from './captured';

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

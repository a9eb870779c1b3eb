import { captured } from './captured';

/** Sandboxes have the same `Buffer`. */
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

import { mega } from '../../errors/processes/lost';

import { fromBytes, MAX_MESSAGE, toBytes } from './bytes';
import { findCulprit, findForeign } from './find-uncloneable';
import type { Culprit } from './kinds';

/** Maximum bytes of a value, with some room for the rest of its message. */
const LARGEST = MAX_MESSAGE - 2 ** 16;

/** A value as bytes for another process, or the reason against it. */
export type Crossing = { readonly bytes: Buffer } | { readonly problem: Culprit };

/**
 * Copies a value by the rules of `structuredClone`, but refuses values whose copy would silently differ: those that
 * belong to this process (shared memory, keys, files) and the web's objects, which would arrive empty. An instance of a
 * class arrives as a plain object.
 */
export function crossing(value: unknown): Crossing {
  const problem = findCulprit(value);
  if (problem !== undefined) return { problem };
  try {
    const copy: unknown = structuredClone(value);
    const foreign = findForeign(copy);
    if (foreign !== undefined) return { problem: foreign };
    const bytes = bytesOf(value, copy);
    if (bytes.length <= LARGEST) return { bytes };
    return {
      problem: { path: 'value', what: `${mega(bytes.length)} large; the limit is ${mega(LARGEST)}` },
    };
  } catch (error) {
    return { problem: { path: 'value', what: reasonOf(error) } };
  }
}

/** A value from another process's `crossing`, new each time. */
export const crossed = (bytes: Uint8Array): unknown => fromBytes(bytes);

/** In the value itself, where Buffers stay Buffers; else in its copy. */
function bytesOf(value: unknown, copy: unknown): Buffer {
  try {
    return toBytes(value);
  } catch {
    return toBytes(copy);
  }
}

function reasonOf(error: unknown): string {
  return `something that cannot be copied (${String(Object(error).message).split('\n')[0]})`;
}

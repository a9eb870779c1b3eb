import { mega } from '../../errors/lost';

import { fromBytes, MAX_MESSAGE, toBytes } from './bytes';
import { findCulprit, findForeign } from './find-uncloneable';
import type { Culprit } from './kinds';

/** Bytes of a value, with some room for what the message says beside it. */
const LARGEST = MAX_MESSAGE - 2 ** 16;

/** The bytes of a value for another process, or why there are none. */
export type Crossing = { readonly bytes: Buffer } | { readonly problem: Culprit };

/**
 * Copies a value by the rules of `structuredClone`, and stricter where a copy would silently be another thing:
 * what belongs to this process (shared memory, keys, files) and the web's own objects, which would arrive empty.
 * An instance of a class arrives as a plain object.
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
      problem: { path: 'value', what: `${mega(bytes.length)} large, and ${mega(LARGEST)} is the limit` },
    };
  } catch (error) {
    return { problem: { path: 'value', what: reasonOf(error) } };
  }
}

/** What another process sent with `crossing`, new each time. */
export const crossed = (bytes: Uint8Array): unknown => fromBytes(bytes);

/** Of the value itself, where Buffers stay Buffers; else of its copy. */
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

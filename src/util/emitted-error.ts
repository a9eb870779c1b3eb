import { types } from '../node/util';

/**
 * An `'error'` event without a listener throws its error. Node takes that of a sandbox for some other value, and wraps
 * it in one whose message holds its whole stack. Gives the error itself; any other value unchanged.
 */
export function emittedError(thrown: unknown): unknown {
  if (!types.isNativeError(thrown)) return thrown;
  const { code, context } = thrown as { readonly code?: unknown; readonly context?: unknown };
  return code === 'ERR_UNHANDLED_ERROR' && types.isNativeError(context) ? context : thrown;
}

import { checkArgument, isDuration, isFunction } from './check';
import type { SignalHandler } from './entrypoint-types';

/** The options of an entrypoint, the value of the fixture `entrypointOptions`. All times in ms. See docs/services.md. */
export interface EntrypointOptions {
  /** How long all services together may take to get ready. @default 10000 */
  readonly startTimeout?: number;
  /** How long all services together may take to stop. @default 10000 */
  readonly stopTimeout?: number;
  /** A handler of the signal `preStart`, connected before the first start. */
  readonly preStart?: SignalHandler;
  /** A handler of the signal `postStart`, connected before the first start. */
  readonly postStart?: SignalHandler;
  /** A handler of the signal `preStop`, connected before the first start. */
  readonly preStop?: SignalHandler;
  /** A handler of the signal `postStop`, connected before the first start. */
  readonly postStop?: SignalHandler;
}

/** The moments in the life of an entrypoint, in their order. */
export const SIGNALS = ['preStart', 'postStart', 'preStop', 'postStop'] as const;

const TIMEOUTS = ['startTimeout', 'stopTimeout'];
const KNOWN = [...TIMEOUTS, ...SIGNALS];

/** Throws for an unknown option or one of another type. */
export function checkEntrypointOptions(options: unknown): asserts options is EntrypointOptions {
  const call = 'entrypointOptions';
  checkArgument(typeof options === 'object' && options !== null, call, 'an object', options);
  for (const [key, value] of Object.entries(options as object)) {
    checkArgument(KNOWN.includes(key), call, `only ${KNOWN.join(', ')}`, key);
    if (value === undefined) continue;
    if (TIMEOUTS.includes(key)) checkArgument(isDuration(value), call, `a number of ms as ${key}`, value);
    else checkArgument(isFunction(value), call, `a function as ${key}`, value);
  }
}

import { isDuration, isFunction, isObject } from './check';
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

/** Throws unless a value of a fixture `fits`. */
type Check = (fits: boolean, expected: string, got: unknown) => void;

/** Throws for an unknown option or one of another type. */
export function checkEntrypointOptions(options: unknown, check: Check): asserts options is EntrypointOptions {
  checkValues(options, check);
  for (const [key, value] of Object.entries(options as object)) {
    check(KNOWN.includes(key), `only ${KNOWN.join(', ')}`, key);
    if (value === undefined) continue;
    if (TIMEOUTS.includes(key)) check(isDuration(value), `a number of ms as ${key}`, value);
    else check(isFunction(value), `a function as ${key}`, value);
  }
}

/** Throws unless it is an object with values. */
export function checkValues(values: unknown, check: Check): void {
  check(isObject(values), 'an object', values);
}

import { isCancellation } from '../loop/steps/cancellation';

/** Whether an error only says that the function was ended for the reason `why`. */
export function isEcho(error: unknown, why: unknown): boolean {
  return error === why || isCancellation(error);
}

/** Adds what a function threw while it was being ended. False where that cannot be, or the reason has a cause already. */
export function addCause(why: unknown, error: unknown): boolean {
  if (typeof why !== 'object' || why === null || (why as { cause?: unknown }).cause !== undefined)
    return false;
  const wrapper = wrapperOf(error, why);
  const cause = { value: error, configurable: true, writable: true, enumerable: false };
  if (!Reflect.defineProperty(why, 'cause', cause)) return false;
  // Jest 30.0 does not see circles, and the reason is reported anyway.
  if (wrapper === undefined || Reflect.deleteProperty(wrapper, 'cause')) return true;
  Reflect.deleteProperty(why, 'cause');
  return false;
}

/** The error in the chain of causes that has `why` as its cause. */
function wrapperOf(error: unknown, why: unknown): object | undefined {
  const seen = new Set<unknown>();
  for (let each = error; typeof each === 'object' && each !== null && !seen.has(each); ) {
    seen.add(each);
    const { cause } = each as { cause?: unknown };
    if (cause === why) return each;
    each = cause;
  }
  return undefined;
}

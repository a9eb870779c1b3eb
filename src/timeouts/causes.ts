import { isCancellation } from '../loop/steps/cancellation';

/** Whether an error only says that the function was ended for the reason `why`. */
export function isEcho(error: unknown, why: unknown): boolean {
  return error === why || isCancellation(error);
}

/** Adds what a function threw while it was being ended. False where the reason has a cause already. */
export function addCause(why: unknown, error: unknown): boolean {
  if (typeof why !== 'object' || why === null || (why as { cause?: unknown }).cause !== undefined)
    return false;
  // Jest 30.0 does not see circles.
  if (isCausedBy(error, why)) return false;
  return Reflect.defineProperty(why, 'cause', {
    value: error,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}

function isCausedBy(error: unknown, why: unknown): boolean {
  const seen = new Set<unknown>();
  for (let each = error; each !== why; each = (each as { cause?: unknown }).cause) {
    if (typeof each !== 'object' || each === null || seen.has(each)) return false;
    seen.add(each);
  }
  return true;
}

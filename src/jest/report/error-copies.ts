import { FIRST_SEEN, firstSeen } from '../../errors/first-seen';
import { show } from '../../errors/show';
import { types } from '../../node/util';
import type { SandboxRealm } from '../file/realm';

/** A copy of an error for a later requester of what failed; the first one gets the error itself. */
export function seenBefore(
  realm: Pick<SandboxRealm, 'Error'>,
  error: unknown,
  seenIn: string,
  place?: string,
): unknown {
  // A test of another file or worker has seen it.
  if (SEEN.test(String((Object(error) as { message?: unknown }).message))) return marked(realm, error, '');
  return marked(realm, error, firstSeen(seenIn, place));
}

const SEEN = new RegExp(`${FIRST_SEEN}$`);

/** The original of each copy. */
const originals = new WeakMap<object, unknown>();

/** A copy of an error with an addition to its message. */
export function marked(realm: Pick<SandboxRealm, 'Error'>, error: unknown, mark: string): unknown {
  const copy = markedAnyhow(realm, error, mark);
  originals.set(copy, originalOf(error));
  return copy;
}

function markedAnyhow(realm: Pick<SandboxRealm, 'Error'>, error: unknown, mark: string): Error {
  try {
    return markedCopy(realm, error as Error, mark);
  } catch {
    // Not an error, or one that cannot be copied (the message of a DOMException is internal).
    return withCause(new realm.Error(`${textOf(error)} ${mark}`), error);
  }
}

/** A copy of another realm's error with the same message, stack and properties, for which `instanceof` holds here. */
export function adoptError(realm: SandboxRealm, error: unknown): unknown {
  if (!types.isNativeError(error) || Object.prototype.isPrototypeOf.call(realm.Error.prototype, error))
    return error;
  const known = adopted.get(error)?.get(realm);
  if (known !== undefined) return known;
  const { message, stack } = error;
  const limit = realm.Error.stackTraceLimit;
  realm.Error.stackTraceLimit = 0;
  const copy = new realm.Error(message);
  realm.Error.stackTraceLimit = limit;
  const copies = adopted.get(error) ?? new WeakMap<SandboxRealm, Error>();
  adopted.set(error, copies.set(realm, copy));
  const hidden = { configurable: true, enumerable: false, writable: true };
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
    if (name === 'message' || name === 'stack') continue;
    const value = 'value' in property ? adoptError(realm, property.value) : undefined;
    Object.defineProperty(copy, name, 'value' in property ? { ...property, value } : property);
  }
  Object.defineProperty(copy, 'stack', { ...hidden, value: stack });
  const theirs: unknown = Reflect.get(realm.global, error.name);
  // A built-in class of the same name, or else the name of the user's class.
  if (typeof theirs === 'function' && isErrorClass(theirs, realm))
    Object.setPrototypeOf(copy, theirs.prototype);
  else if (copy.name !== error.name) Object.defineProperty(copy, 'name', { ...hidden, value: error.name });
  originals.set(copy, originalOf(error));
  return copy;
}

/** The copies of an error, by realm. */
const adopted = new WeakMap<Error, WeakMap<SandboxRealm, Error>>();

function isErrorClass(made: { readonly prototype?: unknown }, realm: SandboxRealm): boolean {
  return Object.prototype.isPrototypeOf.call(realm.Error.prototype, Object(made.prototype));
}

/** The original of a copy, or the error itself. */
export function originalOf(error: unknown): unknown {
  return originals.has(error as object) ? originals.get(error as object) : error;
}

/** Removes an error, or its copy, from errors as Jest keeps them: alone or with the place of its test. */
export function removeError(errors: unknown[], error: unknown): void {
  const original = originalOf(error);
  const at = errors.findIndex(each => originalOf(Array.isArray(each) ? each[0] : each) === original);
  if (at >= 0) errors.splice(at, 1);
}

function markedCopy(realm: Pick<SandboxRealm, 'Error'>, original: Error, mark: string): Error {
  // Apart from the last line of a difference, or of a fix.
  const gap = String(original.message).includes('\n') ? '\n  ' : ' ';
  const message = [original.message, mark].filter(part => part !== '').join(gap);
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof original.message !== 'string' || typeof original.stack !== 'string') throw original;
  const stack = mark === '' ? original.stack : withMessage(original.stack, original.message, message);
  const hidden = { configurable: true, enumerable: false, writable: true };
  // A real error, not just an object with its prototype, for util.types.isNativeError.
  const copy = Object.setPrototypeOf(new realm.Error(message), Object.getPrototypeOf(original)) as Error;
  Object.defineProperties(copy, {
    ...descriptors,
    message: { ...hidden, value: message },
    stack: { ...hidden, value: stack },
  });
  if (copy.message !== message || String(copy) === '') throw original;
  return copy;
}

/** The stack with another message. The name in front of it may contain the message, as in `Error: r`. */
function withMessage(stack: string, before: string, after: string): string {
  if (before === '') return stack.replace(/^([^\n]*?)(: ?)?(?=\n|$)/, (_, name) => `${name}: ${after}`);
  const named = `: ${before}`;
  return stack.includes(named)
    ? stack.replace(named, () => `: ${after}`)
    : stack.replace(before, () => after);
}

function textOf(error: unknown): string {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  if (typeof message === 'string') return typeof name === 'string' ? `${name}: ${message}` : message;
  return `thrown: ${typeof error === 'string' ? error : show(error)}`;
}

function withCause(error: Error, cause: unknown): Error {
  Object.defineProperty(error, 'cause', {
    value: cause,
    configurable: true,
    enumerable: false,
    writable: true,
  });
  return error;
}

/** The error with another stack; a copy if it is frozen. */
export function withStack(
  realm: Pick<SandboxRealm, 'Error'>,
  error: Error,
  change: (stack: string) => string,
): unknown {
  const stack = change(error.stack!);
  try {
    error.stack = stack;
    return error;
  } catch {
    return copyWithStack(realm, error, stack);
  }
}

/** A copy of the error with another stack, since the error may fail other tests; the error if it cannot be copied. */
export function apartWithStack(
  realm: Pick<SandboxRealm, 'Error'>,
  error: Error,
  change: (stack: string) => string,
): unknown {
  try {
    const copy = markedCopy(realm, error, '');
    copy.stack = change(error.stack!);
    originals.set(copy, originalOf(error));
    return copy;
  } catch {
    return withStack(realm, error, change);
  }
}

/** A copy of the error with another stack: the error itself has been reported with its own. */
export function copyWithStack(realm: Pick<SandboxRealm, 'Error'>, error: Error, stack: string): Error {
  const copy = marked(realm, error, '') as Error;
  copy.stack = stack;
  return copy;
}

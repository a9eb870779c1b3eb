import type { SandboxRealm } from '../file/realm';

type Realm = Pick<SandboxRealm, 'Error'>;

/** Has the stack of a call; V8 makes its frames when it is read. */
export interface Call {
  readonly stack?: unknown;
}

/** What V8 has of a stack, or its text where that is all there is. */
export type Frames = readonly NodeJS.CallSite[] | string;

/** What formats stacks, as Node calls it. */
type Format = ((error: object, frames: readonly unknown[]) => unknown) | undefined;

/** As Node looks for it: a test may set its own; that of Jest is the main realm's. */
const formatOf = ({ Error: SandboxError }: Realm): Format =>
  (SandboxError.prepareStackTrace ?? Error.prepareStackTrace) as Format;

/**
 * The frames of calls in a sandbox, in order, without the text that V8 would make of them. The stack of none may have
 * been read before. A call has its text instead where `linesOf` has no formatter, or the realm no longer decides how
 * stacks are read: after its teardown.
 */
export function framesOf(realm: Realm, calls: Iterable<Call>): Frames[] {
  const { Error: SandboxError } = realm;
  const { prepareStackTrace } = SandboxError;
  if (formatOf(realm) === undefined) return Array.from(calls, textOf);
  try {
    SandboxError.prepareStackTrace = (_, frames) => frames;
  } catch {
    // A test has frozen it.
    return Array.from(calls, textOf);
  }
  try {
    return Array.from(calls, call => (Array.isArray(call.stack) ? call.stack : textOf(call)));
  } finally {
    if (prepareStackTrace === undefined) Reflect.deleteProperty(SandboxError, 'prepareStackTrace');
    else SandboxError.prepareStackTrace = prepareStackTrace;
  }
}

/** The frames of an error, whose stack has its text all the same when it is read. */
export function framesKept(realm: Realm, error: Error): Frames {
  const [frames] = framesOf(realm, [error]) as [Frames];
  if (typeof frames === 'string') return frames;
  const redefine = (descriptor: PropertyDescriptor): unknown =>
    Object.defineProperty(error, 'stack', { ...descriptor, configurable: true });
  redefine({
    get: () => {
      const value = formatOf(realm)?.(error, frames) ?? [error, ...frames].join('\n    at ');
      redefine({ value, writable: true });
      return value;
    },
    set: value => redefine({ value, writable: true }),
  });
  return frames;
}

/**
 * The lines that a stack has for frames, by what knows the source maps. It reads a file for each file that it meets
 * first, so formatting a whole stack takes longer than a small test. Undefined where it cannot tell.
 */
export function linesOf(realm: Realm, frames: readonly unknown[]): string[] | undefined {
  try {
    const stack = formatOf(realm)?.({ name: 'Error', message: '' }, frames);
    return typeof stack === 'string' ? stack.split('\n').slice(-frames.length) : undefined;
  } catch {
    // The test's own formatter threw.
    return undefined;
  }
}

/** Nothing where the test's own formatter of stacks throws. */
export function textOf(call: Call): string {
  try {
    return String(call.stack ?? '');
  } catch {
    return '';
  }
}

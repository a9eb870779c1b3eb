import type { Declared, Site } from '../../errors/site';
import type { SandboxRealm } from '../file/realm';
import { copyWithStack, withStack } from './error-copies';
import { isOwnPlace, parseFrame } from './sites';

type Realm = Pick<SandboxRealm, 'Error'>;

/** A stack that ends with a fixture. */
const PLACED = /\n {4}at (?:set-up|teardown) of fixture [^\n]+$/;

/** The line that an error without a place got, as the place of a test or hook. */
const given = new WeakMap<object, string>();

/**
 * Ends the stack of a fixture's error with its declaration: frames of what it called, or none at all, tell neither which
 * fixture nor which phase has failed. An error that shows a declaration already stays as it is: it came from there, also
 * where another fixture throws it on.
 */
export function addPlace(
  realm: Realm,
  error: unknown,
  { name, site }: Declared,
  phase: 'set-up' | 'teardown',
): unknown {
  const line = lineFor(site, `${phase} of fixture ${name}`);
  const stack = stackOf(error);
  if (line === undefined || stack === undefined || PLACED.test(stack)) return error;
  if (stack.includes(line.slice(line.lastIndexOf('(')))) return error;
  return placedAt(realm, error as Error, line, given.get(error as object));
}

/**
 * Ends the stack of an error without a frame of the user's with a test or hook, named as in a frame. One error may fail
 * several: each shows its own place.
 */
export function addPlaceOf(realm: Realm, error: unknown, name: string, site: Site): unknown {
  const earlier = given.get(error as object);
  if (earlier === undefined && !hasNoPlace(error)) return error;
  const line = lineFor(site, name);
  if (line === undefined || line === earlier) return error;
  const placed = placedAt(realm, error as Error, line, earlier);
  given.set(placed as object, line);
  return placed;
}

/** `earlier`: the line of the test or hook that it failed before, and that shows it. */
function placedAt(realm: Realm, error: Error, line: string, earlier: string | undefined): unknown {
  const place = (stack: string): string => stack + line;
  return earlier === undefined
    ? withStack(realm, error, place)
    : copyWithStack(realm, error, place(error.stack!.replace(earlier, '')));
}

function lineFor({ frames }: Site, name: string): string | undefined {
  const frame = parseFrame(frames.split('\n')[0] ?? '');
  return frame && `\n    at ${name} (${frame.file}:${frame.line}:${frame.column})`;
}

/** Whether an error shows no frame of the user's. */
function hasNoPlace(error: unknown): boolean {
  const stack = stackOf(error);
  return stack !== undefined && !stack.split('\n').some(isOwnPlace);
}

function stackOf(error: unknown): string | undefined {
  try {
    const { stack } = Object(error) as { stack?: unknown };
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

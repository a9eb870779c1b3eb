import * as path from '../../node/path';
import { fileURLToPath } from '../../node/url';
import { PACKAGE_FOLDER } from '../../util/package-folder';

/** Where this package is installed. */
const PACKAGE = PACKAGE_FOLDER + path.sep;

/** `    at fn (/a/b.ts:1:2)`. */
const FRAME = /^\s*at /;
/** Frames of the language itself, which belong to their caller. */
const BUILT_IN = /[( ](?:<anonymous>|native|index \d+)\)?$/;
/** Frames of Jest, and of the packages that it emits events and compiles with. */
export const JEST =
  /[\\/]node_modules[\\/](?:jest-(?:circus|each|runtime|runner|cli)|@jest[\\/]core|emittery|pirates)[\\/]/;
/** Node's frame of an anonymous function, where Node applies source maps; Jest shows no such frame. */
const NAMELESS = /^(\s*at )<anonymous> \((.*)\)$/;
/** A URL in a frame, before line and column. */
const FILE_URL = /(?<=[( ])file:\/\/\S+?(?=:\d+:\d+\)?$)/;

/** The most errors to trim: a chain of causes may be endless. */
const MOST_ERRORS = 100;

/**
 * Cuts the frames of this package, Jest and Node from the stacks of an error, its causes and the errors in it. Messages
 * and the user's frames stay. Returns false if the error's own stack cannot be changed.
 */
export function trimStack(error: unknown): boolean {
  let done = true;
  const seen = new Set<unknown>([error]);
  for (const each of seen) {
    if (typeof each !== 'object' || each === null) continue;
    attempt(() => {
      const { cause, errors } = each as { cause?: unknown; errors?: unknown };
      for (const inner of [cause, ...(Array.isArray(errors) ? errors : [])]) {
        if (seen.size < MOST_ERRORS) seen.add(inner);
      }
    });
    if (!attempt(() => trimOne(each)) && each === error) done = false;
  }
  return done;
}

/** Skips errors that are frozen or have a property that cannot be read. */
function attempt(fn: () => void): boolean {
  try {
    fn();
    return true;
  } catch {
    return false;
  }
}

/** The user's frames of a stack. */
export function usersFrames(stack: unknown): string {
  if (typeof stack !== 'string') return '';
  return stack
    .split('\n')
    .filter(line => FRAME.test(line) && !BUILT_IN.test(line) && isUsers(line))
    .join('\n');
}

function trimOne(error: { stack?: unknown; message?: unknown }): void {
  const { stack, message } = error;
  if (typeof stack !== 'string') return;
  const start = startOfFrames(stack, message);
  const lines = stack.slice(start).split('\n');
  const kept = withoutForeign(lines).map(shown);
  const trimmed = stack.slice(0, start) + kept.join('\n');
  if (trimmed !== stack) error.stack = trimmed;
}

/** A frame in the form that Jest knows. */
function shown(line: string): string {
  return line.replace(NAMELESS, '$1$2').replace(FILE_URL, pathOf);
}

/** The path of a `file:` URL, Node's name for an ES module. Any other name stays. */
export function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

/** Lines of a message may look like frames, so frames start only after it. */
export function startOfFrames(stack: string, message: unknown): number {
  if (typeof message === 'string' && message !== '') {
    const at = stack.indexOf(message);
    if (at >= 0) return at + message.length;
  }
  // The message changed after the stack was made: take the frames at its end.
  const lines = stack.split('\n');
  const last = lines.findLastIndex(line => line !== '' && !FRAME.test(line));
  return lines.slice(0, last + 1).join('\n').length;
}

function withoutForeign(lines: readonly string[]): string[] {
  const user = lines.map(line =>
    !FRAME.test(line) ? undefined : BUILT_IN.test(line) ? undefined : isUsers(line),
  );
  return lines.filter((line, index) => {
    if (!FRAME.test(line)) return true;
    // The caller of a built-in function is below it.
    return user[index] ?? user.slice(index).find(known) ?? user.slice(0, index).findLast(known) ?? false;
  });
}

const known = (is: boolean | undefined): boolean => is !== undefined;

function isUsers(line: string): boolean {
  return !line.includes(PACKAGE) && !/\(node:|at (?:async )?node:/.test(line) && !JEST.test(line);
}

import * as path from '../../node/path';
import { fileURLToPath } from '../../node/url';
import { PACKAGE_FOLDER } from '../../util/package-folder';

/** Where this package is built to. */
const OWN = PACKAGE_FOLDER + path.sep;

/** `    at fn (/a/b.ts:1:2)`. */
const FRAME = /^\s*at /;
/** Frames of the language itself: they belong to who called them. */
const BUILT_IN = /[( ](?:<anonymous>|native|index \d+)\)?$/;
/** Frames of Jest's own, and of what it tells others with. */
export const JEST =
  /[\\/]node_modules[\\/](?:jest-(?:circus|each|runtime|runner|cli)|@jest[\\/]core|emittery|pirates)[\\/]/;
/** How Node names a function without a name where it follows source maps itself: Jest shows no such frame. */
const NAMELESS = /^(\s*at )<anonymous> \((.*)\)$/;
/** In a frame, which ends with line and column. */
const FILE_URL = /(?<=[( ])file:\/\/\S+?(?=:\d+:\d+\)?$)/;

/** How many errors are looked at: causes of causes may go on. */
const MOST = 100;

/**
 * Cuts the frames of this package, of Jest's insides and of Node's from the stack of an error, of its causes and of
 * the errors in it. Messages and the user's frames stay. Gives false where its own stack cannot be changed.
 */
export function trimStack(error: unknown): boolean {
  let done = true;
  const seen = new Set<unknown>([error]);
  for (const each of seen) {
    if (typeof each !== 'object' || each === null) continue;
    attempt(() => {
      const { cause, errors } = each as { cause?: unknown; errors?: unknown };
      for (const inner of [cause, ...(Array.isArray(errors) ? errors : [])]) {
        if (seen.size < MOST) seen.add(inner);
      }
    });
    if (!attempt(() => trimOne(each)) && each === error) done = false;
  }
  return done;
}

/** What is frozen, or has a property that cannot be read, stays as it is. */
function attempt(fn: () => void): boolean {
  try {
    fn();
    return true;
  } catch {
    return false;
  }
}

/** The lines of a stack that are the user's frames. */
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

/** A frame in the words that Jest knows. */
function shown(line: string): string {
  return line.replace(NAMELESS, '$1$2').replace(FILE_URL, pathOf);
}

/** The path that a `file:` URL stands for: so Node names ES modules. Any other name stays. */
export function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

/** The lines of a message may look like frames: those that follow it are. */
function startOfFrames(stack: string, message: unknown): number {
  if (typeof message === 'string' && message !== '') {
    const at = stack.indexOf(message);
    if (at >= 0) return at + message.length;
  }
  // The message was changed when the stack was made already: frames are what the stack ends with.
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
    // Who called a built-in function stands below it.
    return user[index] ?? user.slice(index).find(known) ?? user.slice(0, index).findLast(known) ?? false;
  });
}

const known = (is: boolean | undefined): boolean => is !== undefined;

function isUsers(line: string): boolean {
  return !line.includes(OWN) && !/\(node:|at (?:async )?node:/.test(line) && !JEST.test(line);
}

import type { Site } from '../../errors/site';
import type { PendingWork } from '../../loop/steps/pending-work';
import * as path from '../../node/path';
import { getOrMake } from '../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import type { SandboxFunction, SandboxRealm } from '../file/realm';
import { JEST, pathOf } from '../file/stacks';

interface Frame {
  readonly file: string;
  readonly line: string;
  readonly column: string;
}

/** Reads `at fn (/a/b.ts:1:2)` or `at /a/b.ts:1:2`, also with file: URLs and with parentheses in the path. */
export function parseFrame(text: string): Frame | undefined {
  const [, rest, line, column] = /^\s*at (.*):(\d+):(\d+)\)?$/.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const start = /(?:^|\s\(|^async )(?=(?:file:\/\/|\/|[A-Za-z]:[\\/]|\.{1,2}[\\/]))/.exec(rest);
  const file = start === null ? rest : rest.slice(start.index + start[0].length);
  return { file: pathOf(file), line: line!, column: column! };
}

/** The place of a call. V8's stack is kept unread until a message needs it. */
class ErrorSite implements Site {
  #error: Error;
  readonly #root: string;
  #read: { at?: string; path?: string; line?: number; frames: string } | undefined;

  constructor(error: Error, root: string) {
    this.#error = error;
    this.#root = root;
  }

  get at(): string | undefined {
    return this.#place().at;
  }

  get path(): string | undefined {
    return this.#place().path;
  }

  get line(): number | undefined {
    return this.#place().line;
  }

  get frames(): string {
    return this.#place().frames;
  }

  #place(): { at?: string; path?: string; line?: number; frames: string } {
    if (this.#read !== undefined) return this.#read;
    const frames = stackOf(this.#error)
      .split('\n')
      .filter(line => /^\s*at /.test(line) && isUsers(line));
    const first = frames.map(parseFrame).find(frame => frame !== undefined);
    this.#read = { frames: frames.join('\n') };
    if (first !== undefined) {
      this.#read.path = first.file;
      this.#read.line = Number(first.line);
      this.#read.at = `${nameIn(this.#root, first.file)}:${first.line}`;
    }
    return this.#read;
  }
}

/** Nothing where the test's own formatter of stacks throws. */
function stackOf(error: Error): string {
  try {
    return String(error.stack ?? '');
  } catch {
    return '';
  }
}

const PACKAGE = PACKAGE_FOLDER + path.sep;

/** Frames that are neither ours nor Jest's nor Node's. */
export function isUsers(line: string): boolean {
  return (
    !line.includes(PACKAGE) && !line.includes('(node:') && !line.includes('at node:') && !JEST.test(line)
  );
}

const DEPENDENCY = /[\\/]node_modules[\\/]/;

/** Whether a frame shows a place in the user's own code. */
export function isOwnPlace(line: string): boolean {
  return isUsers(line) && !DEPENDENCY.test(line) && parseFrame(line) !== undefined;
}

/** A file as messages name it. */
export function nameIn(root: string, file: string): string {
  const found = path.relative(root, file);
  return (found === '' || found.startsWith('..') ? file : found).split(path.sep).join('/');
}

/** The place that called `outer`, our function in the sandbox. */
export function siteOfCall(realm: SandboxRealm, outer: SandboxFunction, root: string): Site {
  const error = new realm.Error();
  realm.captureStackTrace(error, outer);
  return new ErrorSite(error, root);
}

/** Finds the place in a line of a stack; undefined where it has none. Most lines name the same few files. */
export function placesIn(root: string): (line: string) => string | undefined {
  const names = new Map<string, string>();
  return line => {
    const frame = parseFrame(line);
    if (frame === undefined) return undefined;
    return `${getOrMake(names, frame.file, () => nameIn(root, frame.file))}:${frame.line}`;
  };
}

/** The place of an error, such as the `asyncError` of a test or hook. */
export function siteOfError(error: unknown, root: string): Site {
  return new ErrorSite(error as Error, root);
}

/** A piece of pending work as messages show it: `setTimeout(fn, 500) at test/a.test.ts:3`. */
export function describePending(item: PendingWork, rootDir: string): string {
  const at = item.site === undefined ? undefined : callerAt(siteOfError(item.site, rootDir), rootDir);
  return at === undefined ? item.describe() : `${item.describe()} at ${at}`;
}

/** The place of a call; where a dependency makes it, the place that called the dependency, if the stack has it. */
function callerAt(site: Site, rootDir: string): string | undefined {
  const own = site.frames.split('\n').find(isOwnPlace);
  return own === undefined ? site.at : placesIn(rootDir)(own);
}

/** Whether Node itself set a timer, such as an HTTP server's for its connections: its user never heard of it. */
export function isNodesOwn(item: PendingWork, rootDir: string): boolean {
  return item.site !== undefined && !keepsAlive(item) && siteOfError(item.site, rootDir).at === undefined;
}

function keepsAlive(item: PendingWork): boolean {
  const { handle } = item as { handle?: { hasRef?(): boolean } };
  return handle?.hasRef?.() ?? true;
}

/** Whether pending work is a forgotten timer: one that would keep a process alive. */
export function isLeftover(item: PendingWork): boolean {
  if (!item.alive || item.kind === 'task') return false;
  // A wait for a time has a site; one for a task or future is no timer. A task ends with its Loop.
  if (item.kind === 'wait') return item.site !== undefined && item.step?.task === undefined;
  return keepsAlive(item);
}

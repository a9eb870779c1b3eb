import type { Site } from '../../errors/site';
import type { PendingWork } from '../../loop/steps/pending-work';
import * as path from '../../node/path';
import { getOrMake } from '../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import type { Located, Position, SandboxFunction, SandboxRealm } from '../file/realm';
import { JEST, pathOf } from '../file/stacks';
import { type Frames, framesKept, framesOf, linesOf, textOf } from './frames';

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

/** The first place of the user's in a stack. */
interface Place {
  readonly at?: string;
  readonly path?: string;
  readonly line?: number;
}

/** A site that is read when a message needs it. */
abstract class LazySite implements Site {
  readonly #root: string;
  #place: Place | undefined;
  #frames: string | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  get at(): string | undefined {
    return this.#placed().at;
  }

  get path(): string | undefined {
    return this.#placed().path;
  }

  get line(): number | undefined {
    return this.#placed().line;
  }

  get frames(): string {
    this.#frames ??= usersLines(this.lines()).join('\n');
    return this.#frames;
  }

  /** The lines of its stack. */
  protected abstract lines(): readonly string[];

  /** Where to look for its place, in order; undefined for what has no position. */
  protected abstract positions(): Iterable<Position | undefined>;

  #placed(): Place {
    if (this.#place === undefined) {
      this.#place = {};
      for (const found of this.positions()) {
        if (found === undefined) continue;
        const { file, line } = found;
        this.#place = { at: `${nameIn(this.#root, file)}:${line}`, path: file, line };
        break;
      }
    }
    return this.#place;
  }
}

/** The place of an error that others read, too. */
class ErrorSite extends LazySite {
  readonly #error: Error;

  constructor(error: Error, root: string) {
    super(root);
    this.#error = error;
  }

  protected lines(): readonly string[] {
    return textOf(this.#error).split('\n');
  }

  protected positions(): readonly (Position | undefined)[] {
    return this.frames.split('\n').map(positionIn);
  }
}

/** The place of a call. V8's frames are formatted one by one: for the place most often the first one is enough. */
class SiteOfCall extends LazySite {
  readonly #realm: SandboxRealm;
  readonly #read: () => Frames;
  #frames: Frames | undefined;

  constructor(realm: SandboxRealm, read: () => Frames, root: string) {
    super(root);
    this.#realm = realm;
    this.#read = read;
  }

  protected lines(): readonly string[] {
    const frames = this.#raw();
    return typeof frames === 'string' ? frames.split('\n') : (linesOf(this.#realm, frames) ?? []);
  }

  protected *positions(): Generator<Position | undefined> {
    const frames = this.#raw();
    if (typeof frames === 'string') yield* usersLines(frames.split('\n')).map(positionIn);
    else
      for (const frame of frames)
        if (isUsers(`at (${frame.getFileName()}:1:1)`)) yield* positionsOf(this.#realm, [frame]);
  }

  #raw(): Frames {
    this.#frames ??= this.#read();
    return this.#frames;
  }
}

function positionIn(line: string): Position | undefined {
  const frame = isUsers(line) ? parseFrame(line) : undefined;
  return frame && { file: frame.file, line: Number(frame.line) };
}

/** The positions of frames in their sources. */
export function positionsOf(
  realm: Pick<SandboxRealm, 'Error' | 'findSource'>,
  frames: readonly Located[],
): (Position | undefined)[] {
  const found = frames.map(frame => realm.findSource?.(frame));
  const rest = frames.filter((_, i) => found[i] === undefined);
  const lines = rest.length === 0 ? [] : (linesOf(realm, rest) ?? []);
  let at = 0;
  return found.map(position => position ?? positionIn(lines[at++] ?? ''));
}

const usersLines = (lines: readonly string[]): string[] =>
  lines.filter(line => /^\s*at /.test(line) && isUsers(line));

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
  return new SiteOfCall(realm, () => framesOf(realm, [error])[0]!, root);
}

/** Gives positions as messages name them. Most are in the same few files. */
export function placesIn(root: string): (position: Position | undefined) => string | undefined {
  const names = new Map<string, string>();
  return position => {
    if (position === undefined) return undefined;
    const { file, line } = position;
    return `${getOrMake(names, file, () => nameIn(root, file))}:${line}`;
  };
}

/** The place of an error, such as the `asyncError` of a test or hook. */
export function siteOfError(error: unknown, root: string): Site {
  return new ErrorSite(error as Error, root);
}

/** The same, where most often nobody else reads its stack: the rest of it is formatted only for those who do. */
export function siteOfUnread(realm: SandboxRealm, error: Error, root: string): Site {
  return new SiteOfCall(realm, () => framesKept(realm, error), root);
}

/** A piece of pending work as messages show it: `setTimeout(fn, 500) at test/a.test.ts:3`. */
export function describePending(item: PendingWork, rootDir: string): string {
  const at = item.site === undefined ? undefined : callerAt(siteOfError(item.site, rootDir), rootDir);
  return at === undefined ? item.describe() : `${item.describe()} at ${at}`;
}

/** The place of a call; where a dependency makes it, the place that called the dependency, if the stack has it. */
function callerAt(site: Site, rootDir: string): string | undefined {
  const own = site.frames.split('\n').find(isOwnPlace);
  return own === undefined ? site.at : placesIn(rootDir)(positionIn(own));
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

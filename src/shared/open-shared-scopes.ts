import type { Namespace } from '../fixtures/declare/declaration';
import type { ScopeName } from '../fixtures/declare/scopes';
import { type Ending, type EndLoop, OpenScope, OpenScopes } from '../fixtures/life/open-scopes';
import * as path from '../node/path';
import { getOrMake } from '../util/get-or-make';

/** Says whose an error of a teardown is. */
export type Tell = (error: unknown, ending: Ending) => unknown;

/** The homes of what outlives test files: of directories, and of the process itself. */
export class OpenSharedScopes extends OpenScopes {
  readonly #directories = new Map<Namespace, OpenScope>();
  /** The directory of the file that runs, once there has been another before it. */
  #at: string | undefined;
  #own: OpenScope | undefined;
  /** All goes down, or is down: what is asked for now comes too late. */
  #ended = false;

  constructor(
    endLoop: EndLoop,
    readonly tell: Tell,
  ) {
    super(endLoop);
  }

  /** The home of what lives in a directory. One that was left is closed: who still asks there comes too late. */
  directory(block: Namespace): OpenScope {
    const left = this.#at !== undefined && !liesIn(this.#at, block.label);
    return getOrMake(this.#directories, block, () => new OpenScope(this.#ended || left, block, this.tell));
  }

  /** The home of what lives as long as the process is used: scope `worker`; in Jest's main process, `session`. */
  get own(): OpenScope {
    this.#own ??= new OpenScope(this.#ended, undefined, this.tell);
    return this.#own;
  }

  /** Whether anything would go down. */
  get empty(): boolean {
    return (this.#own?.empty ?? true) && [...this.#directories.values()].every(home => home.empty);
  }

  /** The set-ups that are under way. */
  override starting(): ReturnType<OpenScope['starting']> {
    return this.#all().flatMap(home => home.starting());
  }

  /** Ends the directories in which `next` does not lie; all of them without it. The innermost first. Gives the errors. */
  async leave(next: string | undefined): Promise<unknown[]> {
    this.#at = next;
    // Of a directory that was left before, and asked for since.
    for (const [block, home] of this.#directories) if (home.over) this.#directories.delete(block);
    const left = [...this.#directories].filter(([{ label }]) => next === undefined || !liesIn(next, label));
    // Blocks do not say which is further in: a directory that has no jest.fixtures file lies beside the others.
    left.sort(([a], [b]) => depthOf(b.label) - depthOf(a.label));
    const errors: unknown[] = [];
    for (const [, home] of left) errors.push(...(await this.#close(home)));
    // Not before: a teardown looks there for limits, and must find no open home to set something up in.
    for (const [block] of left) this.#directories.delete(block);
    return errors;
  }

  /** Ends all, for good. Gives the errors. */
  override async closeAll(): Promise<unknown[]> {
    this.#ended = true;
    const errors = await this.leave(undefined);
    if (this.#own !== undefined) errors.push(...(await this.#close(this.#own)));
    this.#own = undefined;
    return errors;
  }

  override enteredAt(from: Namespace): OpenScope['entered'][number] | undefined {
    for (let block: Namespace | undefined = from; block !== undefined; block = block.parent) {
      const found = this.#directories.get(block)?.entered.at(-1);
      if (found !== undefined) return found;
    }
    return this.#own?.entered.at(-1);
  }

  async #close(home: OpenScope): Promise<readonly unknown[]> {
    const errors = await home.close(false);
    home.over = true;
    if (home.loop !== undefined && !home.loop.closed) await this.endLoop(home.loop, home);
    return errors;
  }

  #all(): OpenScope[] {
    return [...this.#directories.values(), ...(this.#own === undefined ? [] : [this.#own])];
  }
}

/** Where the instances of a scope live. */
export function homeIn(homes: OpenSharedScopes, scope: ScopeName, block: Namespace): OpenScope {
  return scope === 'directory' ? homes.directory(block) : homes.own;
}

function depthOf(directory: string): number {
  return path.resolve(directory).split(path.sep).length;
}

function liesIn(directory: string, outer: string): boolean {
  const inside = path.relative(outer, directory);
  return inside === '' || !(inside.startsWith('..') || path.isAbsolute(inside));
}

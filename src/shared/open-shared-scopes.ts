import type { Namespace } from '../fixtures/declare/declaration';
import type { ScopeName } from '../fixtures/declare/scopes';
import type { Entered, Instance } from '../fixtures/life/interfaces/life';
import { type Attribute, OpenScope } from '../fixtures/life/open-scope';
import { type EndLoop, OpenScopes } from '../fixtures/life/open-scopes';
import type { Loop } from '../loop';
import * as path from '../node/path';
import { getOrMake } from '../util/get-or-make';

/** The open scopes that outlive test files: of directories, and of the process itself. */
export class OpenSharedScopes extends OpenScopes {
  readonly #directories = new Map<Namespace, OpenScope>();
  /** The directory of the running file, once there was another one before it. */
  #at: string | undefined;
  #ofProcess: OpenScope | undefined;
  /** Everything is going down: requests come too late. */
  #ended = false;

  constructor(
    endLoop: EndLoop,
    readonly attribute: Attribute,
    /** The Loop of `ofProcess`, if it outlives that. */
    readonly loop?: Loop,
  ) {
    super(endLoop);
  }

  /** The open scope of a directory. One that was left is closed: requests there come too late. */
  directory(namespace: Namespace): OpenScope {
    const left = this.#at !== undefined && !liesIn(this.#at, namespace.label);
    return getOrMake(
      this.#directories,
      namespace,
      () => new OpenScope(this.#ended || left, namespace, this.attribute),
    );
  }

  /** The open scope that lives as long as the process: `worker`, or `session` in Jest's main process. */
  get ofProcess(): OpenScope {
    if (this.#ofProcess === undefined) {
      this.#ofProcess = new OpenScope(this.#ended, undefined, this.attribute);
      this.#ofProcess.loop = this.loop;
    }
    return this.#ofProcess;
  }

  /** Whether nothing would go down. */
  get empty(): boolean {
    return this.#all().every(openScope => openScope.empty);
  }

  override starting(): Instance[] {
    return this.#all().flatMap(openScope => openScope.starting());
  }

  /** Ends the directories around the last file but not around `next`, innermost first. Returns the errors. */
  async leave(next: string | undefined): Promise<unknown[]> {
    this.#at = next;
    // Directories that were left before and requested since.
    for (const [namespace, openScope] of this.#directories)
      if (openScope.loopEnded) this.#directories.delete(namespace);
    const left = [...this.#directories].filter(([{ label }]) => next === undefined || !liesIn(next, label));
    // By path: the namespace of a directory without a jest.fixtures file lies beside the others, not in them.
    left.sort(([a], [b]) => depthOf(b.label) - depthOf(a.label));
    const errors: unknown[] = [];
    for (const [, openScope] of left) errors.push(...(await this.#close(openScope)));
    // Not earlier: teardowns look for limits there, and must find no open scope to set something up in.
    for (const [namespace] of left) this.#directories.delete(namespace);
    return errors;
  }

  /** Ends everything, for good. Returns the errors. */
  override async closeAll(): Promise<unknown[]> {
    this.#ended = true;
    const errors = await this.leave(undefined);
    if (this.#ofProcess !== undefined) errors.push(...(await this.#close(this.#ofProcess)));
    this.#ofProcess = undefined;
    return errors;
  }

  override enteredAt(from: Namespace): Entered | undefined {
    for (let each: Namespace | undefined = from; each !== undefined; each = each.parent) {
      const found = this.#directories.get(each)?.entered.at(-1);
      if (found !== undefined) return found;
    }
    return this.#ofProcess?.entered.at(-1);
  }

  async #close(openScope: OpenScope): Promise<readonly unknown[]> {
    const errors = await openScope.close(false);
    openScope.loopEnded = true;
    const { loop } = openScope;
    if (loop !== undefined && !loop.closed) await this.endLoop(loop, openScope);
    return errors;
  }

  #all(): OpenScope[] {
    return [...this.#directories.values(), ...(this.#ofProcess === undefined ? [] : [this.#ofProcess])];
  }
}

/** The open scope of fixtures that live in a namespace. */
export function scopeIn(scopes: OpenSharedScopes, scope: ScopeName, livesIn: Namespace): OpenScope {
  return scope === 'directory' ? scopes.directory(livesIn) : scopes.ofProcess;
}

function depthOf(directory: string): number {
  return path.resolve(directory).split(path.sep).length;
}

function liesIn(directory: string, outer: string): boolean {
  const inside = path.relative(outer, directory);
  return inside === '' || !(inside.startsWith('..') || path.isAbsolute(inside));
}

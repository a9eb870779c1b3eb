import type { Problem } from '../../errors/problem';
import { type LoopSource, type Owner, Step } from '../../loop/steps/step';
import type { SandboxRealm } from './realm';

/**
 * A step of a test file. It lives outside the sandbox, where its code is compiled once for all files, and makes its
 * errors in the sandbox, where the file's code sees them.
 */
export class RealmStep extends Step {
  readonly #realm: SandboxRealm;

  constructor(
    realm: SandboxRealm,
    name: string,
    source: LoopSource,
    parent: Step | undefined,
    owner?: Owner,
    forbidden?: Step['forbidden'],
  ) {
    super(name, source, parent, owner, forbidden);
    this.#realm = realm;
  }

  override error(problem: Problem): Error {
    return this.#realm.core.loopError(problem);
  }

  override cancellation(reason: unknown): Error {
    return this.#realm.core.cancellation(reason);
  }

  override capture(above: (...args: never[]) => unknown): Error {
    const site = new this.#realm.Error();
    this.#realm.captureStackTrace(site, above);
    return site;
  }
}

import { type PackedError, unpackError } from '../../channel/clone/error';
import type { Death, Origin } from '../../fixtures/life/interfaces/views';
import { getOrMake } from '../../util/get-or-make';

/** The value of a `session` fixture as it crosses to a worker. */
export interface CrossedValue {
  /** The instance, for its {@link CrossedDeath}. */
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** A task of a `session` fixture has failed since its value crossed. */
export interface CrossedDeath {
  /** The instance, and those that depend on it. */
  readonly ids: readonly number[];
  readonly error: PackedError;
}

/** A `session` fixture as this process knows it: its stand-ins hold copies of the value. */
class SessionCopy implements Origin {
  readonly isCopy = true;
  death: Death | undefined;

  /** The main process stops a set-up, by a separate request. */
  cancelSetUp(): void {}

  /** It is requested anew: the main process then knows who has seen its death. */
  seenBy(): void {}

  /** No phase of it runs here. */
  abort(): boolean {
    return false;
  }
}

/** The `session` fixtures whose values have crossed to this process. */
export class SessionCopies {
  readonly #all = new Map<number, SessionCopy>();

  of(id: number): Origin {
    return getOrMake(this.#all, id, () => new SessionCopy());
  }

  /** Marks the copies as dead. Their values may still be on their way. Returns them. */
  died({ ids, error }: CrossedDeath): { readonly copies: readonly Origin[]; readonly error: unknown } {
    const death: Death = { error: unpackError(error), seenIn: undefined };
    const copies = ids.map(id => getOrMake(this.#all, id, () => new SessionCopy()));
    for (const copy of copies) copy.death = death;
    return { copies, error: death.error };
  }

  clear(): void {
    this.#all.clear();
  }
}

import type { Spawned } from './spawned';

/** What surrounds the backends of one test file in its process. */
export interface Surroundings {
  readonly spawned: Spawned;
  readonly timers: OtherTimers;
}

/**
 * The real timers that are not known one by one. Node shows only how many there are in all. In Jest's own process its
 * reporters have some, which come and go: what has been seen when nothing else was under way is theirs.
 */
export class OtherTimers {
  #fewest: number | undefined;

  /** `ownTimers`: how many the backends have now. */
  constructor(readonly ownTimers: () => number) {}

  /** Takes a count of real timers, without those of time limits, while no other work is under way. */
  see(count: number): void {
    const others = count - this.ownTimers();
    if (this.#fewest === undefined || others < this.#fewest) this.#fewest = others;
  }

  /** Whether there are more than the fewest that were seen; `count` as for {@link see}. */
  areMore(count: number): boolean {
    this.see(count);
    return count - this.ownTimers() > this.#fewest!;
  }
}

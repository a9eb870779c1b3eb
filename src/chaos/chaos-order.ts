import type { Chooser, Ready } from './chooser';
import { Decisions, type Logged } from './decisions';

/** The order of ready work on the backend `chaos`. */
export class ChaosOrder {
  /** New tasks queue with the other work. */
  readonly queuesTasks = true;
  /** The decisions so far. */
  readonly decisions = new Decisions();
  readonly #ready = new WeakMap<Logged, Ready>();

  constructor(
    /** How many ms apart two times may lie for their work to count as ready together. */
    readonly window: number,
    readonly chooser: Chooser,
  ) {}

  /** The index of the work that goes first; `ready` is in real order. */
  next(ready: readonly Logged[]): number {
    const all = ready.map(each => this.#of(each));
    const index = this.chooser.choose(all, this.decisions.steps);
    this.decisions.add(ready, index);
    // An interval draws again for each of its turns.
    this.#ready.delete(ready[index]!);
    for (let before = 0; before < index; before++) all[before]!.passedOver++;
    return index;
  }

  #of(work: Logged): Ready {
    let known = this.#ready.get(work);
    if (known === undefined) {
      known = { priority: undefined, passedOver: 0 };
      this.#ready.set(work, known);
    }
    return known;
  }
}

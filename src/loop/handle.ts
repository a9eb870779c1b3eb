import { delay } from './delay';
import type { Owning } from './owning';
import { runIn, type Step } from './step';
import { worker } from './store';
import { tellBlocking } from './timer';

/** What a handle is made of. */
export interface Scheduled {
  readonly loop: Owning;
  readonly step: Step;
  /** `callLater(100)`. */
  readonly label: string;
  readonly site: Error | undefined;
  /** In how many ms. */
  readonly ms: number;
  readonly call: () => unknown;
}

/** A callback that a Loop is going to call: `loop.callLater(…)`. See docs/loops.md. */
export class Handle {
  /** @internal */
  readonly kind = 'timer';
  /** @internal */
  loop: Owning;
  /** @internal */
  readonly step: Step;
  /** @internal */
  readonly site: Error | undefined;
  /** When it is called, by `loop.time()`. */
  readonly when: number;
  readonly #label: string;
  #stop: (() => void) | undefined;
  #cancelled = false;

  /** Made by `loop.callSoon`, `callLater` and `callAt`. */
  constructor({ loop, step, label, site, ms, call }: Scheduled) {
    this.loop = loop;
    this.step = step;
    this.site = site;
    this.when = worker.real.now() + ms;
    this.#label = label;
    // What was given up begins nothing any more.
    if (step.givenUp) return;
    loop.items.add(this);
    this.#stop = delay(ms, () => this.#call(call));
  }

  /** @internal */
  get alive(): boolean {
    return this.#stop !== undefined;
  }

  /** Whether it was cancelled before it was called. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** @internal */
  describe(): string {
    return this.#label;
  }

  /** Takes it back; nothing happens if it was called already. */
  cancel(): void {
    if (this.#stop === undefined) return;
    this.#cancelled = true;
    this.#stop();
    this.#end();
  }

  /** @internal */
  drop(): void {
    this.cancel();
  }

  #end(): void {
    this.#stop = undefined;
    this.loop.items.delete(this);
  }

  #call(call: () => unknown): void {
    this.#end();
    if (this.step.givenUp) return;
    const { loop } = this;
    const began = loop.debug ? worker.real.now() : 0;
    try {
      runIn(this.step, call);
    } catch (exception) {
      const message = `Exception in the callback of ${this.#label}`;
      loop.report({ message, exception, handle: this }, this.step);
    }
    if (loop.debug) tellBlocking(loop, this, worker.real.now() - began);
  }
}

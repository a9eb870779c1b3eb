import { invalidHandler, signalFrozen } from '../errors/network/services';
import type { SIGNALS } from './entrypoint-options';
import type { EntrypointSignal, SignalEvent, SignalHandler } from './entrypoint-types';
import { serviceError } from './service-error';

/** A moment in the life of an entrypoint, for which handlers are called one after another. See docs/services.md. */
export class Signal implements EntrypointSignal {
  readonly #handlers: SignalHandler[] = [];
  #frozen = false;

  /** @internal */
  constructor(readonly name: string) {}

  /** Calls `handler` at this moment. Throws once the entrypoint has started. */
  connect(handler: SignalHandler): void {
    if (typeof handler !== 'function') throw serviceError(invalidHandler(this.name, handler));
    if (this.#frozen) throw serviceError(signalFrozen(this.name));
    this.#handlers.push(handler);
  }

  /** @internal */
  get hasHandlers(): boolean {
    return this.#handlers.length > 0;
  }

  /** @internal */
  freeze(): void {
    this.#frozen = true;
  }

  /** @internal Calls every handler, even if another one fails. Returns the errors. */
  async emit(event: SignalEvent): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (const handler of this.#handlers) {
      try {
        await handler(event);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }
}

/** The name of a moment in the life of an entrypoint. */
export type SignalName = (typeof SIGNALS)[number];

/** The signals of one entrypoint, each made when it is first needed. */
export class Signals {
  readonly #made = new Map<SignalName, Signal>();
  #frozen = false;

  named(name: SignalName): Signal {
    let signal = this.#made.get(name);
    if (signal === undefined) {
      signal = new Signal(name);
      if (this.#frozen) signal.freeze();
      this.#made.set(name, signal);
    }
    return signal;
  }

  get haveHandlers(): boolean {
    return [...this.#made.values()].some(({ hasHandlers }) => hasHandlers);
  }

  freeze(): void {
    this.#frozen = true;
    for (const signal of this.#made.values()) signal.freeze();
  }
}

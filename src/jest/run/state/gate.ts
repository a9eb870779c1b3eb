import { type EventHandler, eventHandlers, mentions } from '../../file/event-handlers';

const OPENS = { name: 'test_fn_start' };
const SHUTS = /^(?:test_fn|hook)_(?:success|failure)$/;

/**
 * Jest's gate: between tests the sandbox may load no further file, `import()` nothing, and use no fake timers. There is
 * one gate for the file. The first concurrent test to end shuts it, though others still run, and it is shut while
 * events are handled. A handler of circus opens and shuts it, which we recognise by its source; where there is no such
 * handler, Jest's behaviour does not change.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/unhandledRejectionHandler.ts
 */
export class Gate {
  #holders = 0;
  #handler: EventHandler | undefined;
  #watching = false;

  constructor(readonly global: object) {}

  /** Whether the handler that shuts it is the last: user code has added none after those of Jest. */
  get isHandledLast(): boolean {
    const last = eventHandlers(this.global).at(-1);
    return last !== undefined && isGatekeeper(last);
  }

  /** Opens it until Jest shuts it. */
  open(): void {
    this.#handler ??= eventHandlers(this.global).find(isGatekeeper);
    void this.#handler?.(OPENS, undefined);
  }

  /** Keeps it open until the returned function is called. */
  hold(): () => void {
    this.#holders++;
    this.open();
    this.#watch();
    let held = true;
    return () => {
      if (held) this.#holders--;
      held = false;
    };
  }

  /** Opens it again in the very call that shuts it: no code of a test runs in between. */
  #watch(): void {
    const original = this.#handler;
    if (this.#watching || original === undefined) return;
    this.#watching = true;
    const handlers = eventHandlers(this.global);
    handlers[handlers.indexOf(original)] = (event, state) => {
      const result = original(event, state);
      if (this.#holders > 0 && SHUTS.test(event.name)) this.open();
      return result;
    };
  }
}

function isGatekeeper(handler: EventHandler): boolean {
  return mentions(handler, 'leaveTestCode', OPENS.name);
}

import { createRequire } from 'node:module';
import { type BackendHost, Backends } from '../../../src/backends';
import type { Loop } from '../../../src/loop';
import { sized } from '../../sizes';
import { makeError } from '../support';

/** What drives the time of a Loop; in order of how much they find. */
export const BACKENDS: readonly Backend[] = sized(['node', 'chaos'], ['node', 'virtual', 'chaos']);

export type Backend = 'node' | 'virtual' | 'chaos';

/** Jest's fake timers, as its Node environment has them. */
const { ModernFakeTimers } = createRequire(require.resolve('jest-environment-node'))('@jest/fake-timers') as {
  ModernFakeTimers: BackendHost['Fakes'];
};

const FREE = { isAwaited: () => true, ownTimers: () => 0 };

/** Puts Loops on a backend, without Jest. */
export class OnBackend {
  #seed = 0;
  readonly #backends = new Backends({
    makeError,
    globals: {},
    Fakes: ModernFakeTimers,
    numbers: false,
    seed: () => ++this.#seed,
    areFakesOn: () => false,
  });

  constructor(readonly name: Backend) {}

  /** Each Loop has a backend of its own, and on `chaos` an order of its own. */
  put(loop: Loop): Loop {
    if (this.name === 'node') return loop;
    loop.backend = this.#backends.make({ name: this.name, options: {} }, { test: undefined, driven: FREE });
    loop.ownsBackend = true;
    return loop;
  }

  close(): void {
    this.#backends.close();
  }
}

/** Calls `use` with a backend that ends with it. */
export async function withBackend<T>(name: Backend, use: (on: OnBackend) => Promise<T>): Promise<T> {
  const on = new OnBackend(name);
  try {
    return await use(on);
  } finally {
    on.close();
  }
}

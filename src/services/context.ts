import { contextClosed } from '../errors/network/services';
import * as promises from '../node/promise';
import { serviceError } from './service-error';

/** Values by key, which the services of an entrypoint share. See docs/services.md. */
export class ServiceContext {
  readonly #values = new Map<string, unknown>();
  readonly #waiting = new Map<string, Set<{ resolve(value: unknown): void; reject(error: unknown): void }>>();
  readonly #used: () => void;
  #closed = false;

  /** @internal `used` is called before anything is set or waits. */
  constructor(used: () => void) {
    this.#used = used;
  }

  /** Sets a value and resolves every `get` that waits for it. Setting it again replaces it. */
  set(key: string, value: unknown): void {
    this.#used();
    this.#values.set(key, value);
    for (const { resolve } of this.#waiting.get(key) ?? []) resolve(value);
    this.#waiting.delete(key);
  }

  /** The value, once it is set. Rejects with the name of the key when the entrypoint ends first. */
  get<T = unknown>(key: string): Promise<T> {
    if (this.#values.has(key)) return promises.resolve(this.#values.get(key) as T);
    this.#used();
    if (this.#closed) return promises.reject(serviceError(contextClosed(key)));
    return new Promise<T>((resolve, reject) => {
      const waiting = this.#waiting.get(key) ?? new Set();
      waiting.add({ resolve: resolve as (value: unknown) => void, reject });
      this.#waiting.set(key, waiting);
    });
  }

  /** The current value, or `undefined`. */
  peek<T = unknown>(key: string): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  /** @internal Rejects every `get` that waits, and forgets all values. */
  close(): void {
    this.#closed = true;
    for (const [key, waiting] of this.#waiting)
      for (const { reject } of waiting) reject(serviceError(contextClosed(key)));
    this.#waiting.clear();
    this.#values.clear();
  }
}

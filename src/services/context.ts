import { contextClosed, invalidServiceArgument } from '../errors/network/services';
import { siteOf, type WorkOwner } from '../loop/steps/pending-work';
import { currentStep } from '../loop/steps/step';
import { waitIn } from '../loop/steps/wait';
import * as promises from '../node/promise';
import { getOrMake } from '../util/get-or-make';
import { serviceError } from './service-error';

/** Ends one wait. */
interface Settle<T = unknown> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Values by key, which the services of an entrypoint share. See docs/services.md. */
export class ServiceContext {
  readonly #values = new Map<string, unknown>();
  readonly #waiting = new Map<string, Set<Settle>>();
  readonly #used: () => void;
  #closed = false;

  /** @internal `used` is called before anything is set or waits. */
  constructor(used: () => void) {
    this.#used = used;
  }

  /** Sets a value and resolves every `get` that waits for it. Setting it again replaces it. */
  set(key: string, value: unknown): void {
    checkKey('context.set()', key);
    this.#used();
    this.#values.set(key, value);
    for (const { resolve } of this.#waiting.get(key) ?? []) resolve(value);
    this.#waiting.delete(key);
  }

  /** The value, once it is set. Rejects with the name of the key when the entrypoint ends first. */
  get<T = unknown>(key: string): Promise<T> {
    if (typeof key !== 'string') return promises.reject(invalidKey('context.get()', key));
    if (this.#values.has(key)) return promises.resolve(this.#values.get(key) as T);
    this.#used();
    if (this.#closed) return promises.reject(serviceError(contextClosed(key)));
    const loop = currentStep()?.loop as WorkOwner | null | undefined;
    if (loop == null) return new Promise<T>((resolve, reject) => void this.#wait(key, { resolve, reject }));
    // A wait like any other: it can be cancelled, and a time-out names it.
    return waitIn<T>(loop, `context.get("${key}")`, siteOf(this.get), (resolve, reject) =>
      this.#wait(key, { resolve, reject }),
    );
  }

  /** The current value, or `undefined`. */
  peek<T = unknown>(key: string): T | undefined {
    checkKey('context.peek()', key);
    return this.#values.get(key) as T | undefined;
  }

  /** Returns a function that ends the wait. */
  #wait<T>(key: string, { resolve, reject }: Settle<T>): () => void {
    const one: Settle = { resolve: value => resolve(value as T), reject };
    getOrMake(this.#waiting, key, () => new Set()).add(one);
    return () => void this.#waiting.get(key)?.delete(one);
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

function checkKey(call: string, key: unknown): void {
  if (typeof key !== 'string') throw invalidKey(call, key);
}

const invalidKey = (call: string, key: unknown): Error =>
  serviceError(invalidServiceArgument(call, 'a text as key', key));

import type { Namespace } from '../../../fixtures/declare/declaration';
import { type ContextLayer, ContextStack } from '../../../fixtures/life/interfaces/context-stack';

/** What beforeAll hooks, and the fixtures they requested, have left in AsyncLocalStorages. */
export class HookContexts {
  #left: Map<Namespace, readonly ContextLayer[]> | undefined;

  /** What the hooks around a namespace have left. */
  at(from: Namespace): ContextStack {
    if (this.#left === undefined) return new ContextStack();
    const found: (readonly ContextLayer[])[] = [];
    for (let each: Namespace | undefined = from; each !== undefined; each = each.parent) {
      found.unshift(this.#left.get(each) ?? []);
    }
    return new ContextStack(found.flat());
  }

  /** A hook of a namespace has left something. */
  add(namespace: Namespace, layers: readonly ContextLayer[]): void {
    this.#left ??= new Map();
    this.#left.set(namespace, [...(this.#left.get(namespace) ?? []), ...layers]);
  }

  /** Remembers what is there now. The returned function drops what is added from here on. */
  mark(namespace: Namespace): () => void {
    const left = this.#left?.get(namespace) ?? [];
    return () => void this.#left?.set(namespace, left);
  }

  /** The block runs again. */
  forget(namespace: Namespace): void {
    this.#left?.delete(namespace);
  }
}

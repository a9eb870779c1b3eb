import type { Namespace } from '../../fixtures/declare/declaration';
import { type ContextLayer, ContextStack } from '../../fixtures/life/context-stack';

/** What beforeAll hooks have left in AsyncLocalStorages, and the fixtures that they asked for. */
export class HookContexts {
  #left: Map<Namespace, readonly ContextLayer[]> | undefined;

  /** What those around a block have left. */
  at(from: Namespace): ContextStack {
    if (this.#left === undefined) return new ContextStack();
    const found: (readonly ContextLayer[])[] = [];
    for (let block: Namespace | undefined = from; block !== undefined; block = block.parent) {
      found.unshift(this.#left.get(block) ?? []);
    }
    return new ContextStack(found.flat());
  }

  /** One of a block has left something. */
  add(block: Namespace, layers: readonly ContextLayer[]): void {
    this.#left ??= new Map();
    this.#left.set(block, [...(this.#left.get(block) ?? []), ...layers]);
  }

  /** What those of a block have left so far; the function given back forgets what they leave after this. */
  mark(block: Namespace): () => void {
    const left = this.#left?.get(block) ?? [];
    return () => void this.#left?.set(block, left);
  }

  /** The block is run once more. */
  forget(block: Namespace): void {
    this.#left?.delete(block);
  }
}

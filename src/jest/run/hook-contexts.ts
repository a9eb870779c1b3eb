import type { Block } from '../../fixtures/declare/declaration';
import { type Layer, Layers } from '../../fixtures/life/context-stack';

/** What beforeAll hooks have left in AsyncLocalStorages, and the fixtures that they asked for. */
export class HookLayers {
  #left: Map<Block, readonly Layer[]> | undefined;

  /** What those around a block have left. */
  at(from: Block): Layers {
    if (this.#left === undefined) return new Layers();
    const found: (readonly Layer[])[] = [];
    for (let block: Block | undefined = from; block !== undefined; block = block.parent) {
      found.unshift(this.#left.get(block) ?? []);
    }
    return new Layers(found.flat());
  }

  /** One of a block has left something. */
  add(block: Block, layers: readonly Layer[]): void {
    this.#left ??= new Map();
    this.#left.set(block, [...(this.#left.get(block) ?? []), ...layers]);
  }

  /** What those of a block have left so far; the function given back forgets what they leave after this. */
  mark(block: Block): () => void {
    const left = this.#left?.get(block) ?? [];
    return () => void this.#left?.set(block, left);
  }

  /** The block is run once more. */
  forget(block: Block): void {
    this.#left?.delete(block);
  }
}

import type { Namespace } from '../../fixtures/declare/declaration';
import type { Failure } from '../../fixtures/life/ports';
import { originalOf } from '../report/error-copies';

/**
 * The failures of set-ups that beforeAll hooks have told: Jest has given each to every test of the hook's block. A
 * further hook in there that needs the same cannot run, and has nothing to add.
 */
export class ReportedBefore {
  #told: { readonly block: Namespace; readonly keys: ReadonlySet<unknown> }[] = [];

  /** Whether the tests of a block have failed for it. */
  knows(failure: Failure, block: Namespace): boolean {
    const keys = keysOf(failure);
    return this.#told.some(told => told.block.contains(block) && keys.some(key => told.keys.has(key)));
  }

  add(failure: Failure, block: Namespace): void {
    this.#told.push({ block, keys: new Set(keysOf(failure)) });
  }

  /** The block is run once more, its tests without the errors of the last time. */
  forget(block: Namespace): void {
    this.#told = this.#told.filter(told => !block.contains(told.block));
  }
}

/** The fixture that failed, or the error where it came out of one that is not known here. */
function keysOf({ instance, original }: Failure): unknown[] {
  const error = originalOf(original);
  return [instance, Object(error) === error ? error : undefined].filter(key => key !== undefined);
}

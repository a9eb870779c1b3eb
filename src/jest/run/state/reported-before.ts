import type { Namespace } from '../../../fixtures/declare/declaration';
import type { Failure } from '../../../fixtures/life/interfaces/views';
import { originalOf } from '../../report/error-copies';

/**
 * The failed set-ups that beforeAll hooks have reported: Jest has added each failure to every test of the hook's block.
 * A later hook in that block that needs the same fixture cannot run and has nothing to add.
 */
export class ReportedBefore {
  #reported: { readonly namespace: Namespace; readonly keys: ReadonlySet<unknown> }[] = [];

  /** Whether the tests in a namespace have failed with it already. */
  knows(failure: Failure, namespace: Namespace): boolean {
    const keys = keysOf(failure);
    return this.#reported.some(
      each => each.namespace.contains(namespace) && keys.some(key => each.keys.has(key)),
    );
  }

  add(failure: Failure, namespace: Namespace): void {
    this.#reported.push({ namespace, keys: new Set(keysOf(failure)) });
  }

  /** The block runs again: Jest has cleared the errors of its tests. */
  forget(namespace: Namespace): void {
    this.#reported = this.#reported.filter(each => !namespace.contains(each.namespace));
  }
}

/** The fixture that failed, and the error: either identifies a failure. */
function keysOf({ instance, original }: Failure): unknown[] {
  const error = originalOf(original);
  return [instance, Object(error) === error ? error : undefined].filter(key => key !== undefined);
}

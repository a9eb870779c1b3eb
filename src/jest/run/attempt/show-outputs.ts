import type { Instance } from '../../../fixtures/life/interfaces/life';
import { outputOf } from '../../../util/output-of';
import type { AttemptState } from '../state/attempt-state';
import type { FileRun } from '../state/file-run';

/**
 * A test has failed: prints the output of the wider fixtures that it uses, directly or through others, also those of
 * the worker. Those of the test itself have done so when they went down.
 */
export function showOutputs({ testFile }: FileRun, { fixtures }: AttemptState): void {
  const found = new Set<Instance>(fixtures.uses);
  for (const each of found) {
    for (const further of each.uses) found.add(further);
    const { origin } = each;
    if (origin !== undefined && origin.isCopy !== true) found.add(origin as Instance);
    const output = outputOf(each.value);
    if (output !== '') testFile.realm.console().log(output);
  }
}

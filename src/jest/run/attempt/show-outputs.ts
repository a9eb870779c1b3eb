import type { FixtureRunView } from '../../../fixtures/life/interfaces/views';
import { outputsToShow } from '../../../fixtures/life/outputs-to-show';
import { printAlone } from '../../../process/print-alone';
import type { TestFile } from '../../file/test-file';

/**
 * A test or hook has failed: prints the output of the wider fixtures that it uses, directly or through others, also
 * those of the worker and of the run. Those of the test itself have done so when they went down.
 */
export async function showOutputs(testFile: TestFile, { uses, failed }: FixtureRunView): Promise<void> {
  if (uses.size === 0 && failed.size === 0) return;
  for (const output of await outputsToShow([...uses, ...failed]))
    await printAlone(testFile.realm.console(), output);
}

import { backendUnreached } from '../../../errors/loop/backends';
import { LOOP_BACKEND } from '../../../fixtures/declare/loop-names';
import { choiceOf, NODE } from '../../../loop/backend-of';
import type { BackendChoice } from '../../../loop/steps/backend';
import type { StepLoop } from '../../../loop/steps/step';
import type { RunningAttempt } from '../state/file-run';

/**
 * Warns, once in a file, of a test whose Loop is not on the backend that the project's option or the command line names:
 * neither has a say in the Loops of wider scopes.
 */
export function warnOfUnreached({ fileRun, plan }: RunningAttempt, loop: StepLoop | null): void {
  const { testFile, options } = fileRun;
  const { backend, backendSource = LOOP_BACKEND, backendWins, races } = options;
  const { loopScope = options.loopScope ?? 'test' } = plan.markers;
  const name = choiceOf(backend)?.name;
  // The summary of `--races` counts such tests.
  if (loop === null || name === undefined || loopScope === 'test' || races !== undefined) return;
  const { choice } = loop as StepLoop & { readonly choice?: BackendChoice };
  const actual = choice?.name ?? NODE;
  // What a fixture chooses for that scope is meant so, unless the command line says otherwise.
  if (actual === name || (choice !== undefined && !backendWins) || fileRun.hasWarnedOfBackend) return;
  fileRun.hasWarnedOfBackend = true;
  testFile.warn(backendUnreached(backendSource, name, loopScope, actual));
}

import { unsupportedJest } from '../../errors/project/environment';
import { processState } from '../../process/process-state';
import { isDebugging } from '../../timeouts/clock';
import { planFile } from '../collect/plan-file';
import { type DescribeBlock, describeBlocks, NO_TIMEOUT, type State } from '../file/circus';
import { removeIdleHook } from './hooks/idle-hook';
import type { FileRun } from './state/file-run';
import { addEndHooks, wrapAllHooks, wrapEachHooks, wrapTests } from './wrap';

/**
 * The end of collection (`run_start`): everything is declared and nothing has run. Plans the file, reports mistakes,
 * and replaces the functions of managed tests and hooks. Everything else stays as Jest has it.
 */
export function startFile(fileRun: FileRun, state: State): void {
  const { testFile, errors, host } = fileRun;
  // This version of Jest loads setup files in a way that we cannot follow.
  if (!testFile.collecting) errors.add(host.makeError(unsupportedJest()));
  // No test may wait for it.
  if (!testFile.hasBackends) processState.realWork = undefined;
  removeIdleHook(fileRun, state.rootDescribeBlock);
  if (testFile.inUse) manageFile(fileRun, state);
  if (isDebugging()) liftLimits(describeBlocks(state.rootDescribeBlock));
}

function manageFile(fileRun: FileRun, state: State): void {
  // Loads virtual time before any test pays for it.
  if (fileRun.testFile.hasBackends) fileRun.testFile.backends?.follow();
  fileRun.plan = planFile(fileRun.testFile, state);
  state.unhandledErrors.push(...fileRun.plan.problems);
  wrapTests(fileRun);
  wrapEachHooks(fileRun);
  wrapAllHooks(fileRun);
  addEndHooks(fileRun, state.rootDescribeBlock);
}

/** A debugger may pause at a breakpoint: what Jest times has no limit either. */
function liftLimits(describes: Iterable<DescribeBlock>): void {
  for (const { children, hooks } of describes) {
    for (const hook of hooks) hook.timeout = NO_TIMEOUT;
    for (const child of children) if (child.type === 'test') child.timeout = NO_TIMEOUT;
  }
}

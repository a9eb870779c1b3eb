import type { DescribeBlock } from '../../file/circus';
import { type EventHandler, mentions } from '../../file/event-handlers';
import type { FileRun } from '../state/file-run';

/** What Jest's own hook does, as the configuration says: nothing by default. */
const DUTIES = ['resetModules', 'clearMocks', 'resetMocks', 'restoreMocks'] as const;

/**
 * Jest adds a beforeEach hook to each file, which resets modules and mocks. Where the configuration wants nothing of
 * that, the hook only takes time, a fifth of a small test: it goes, unless others see the events of hooks.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapter.ts#L76-L99
 */
export function removeIdleHook({ testFile, handlesAlone, gate }: FileRun, root: DescribeBlock): void {
  const { foreignHooks, info } = testFile;
  const config = info.config as Record<(typeof DUTIES)[number], boolean>;
  if (!handlesAlone || !gate.isHandledLast || DUTIES.some(each => config[each])) return;
  root.hooks = root.hooks.filter(
    hook =>
      !foreignHooks.has(hook) ||
      hook.type !== 'beforeEach' ||
      !mentions(hook.fn as EventHandler, 'runtime.', ...DUTIES),
  );
}

import type { DescribeBlock, Hook } from '../../file/circus';
import type { FileRun } from '../state/file-run';

/** What Jest's own hook does, as the configuration says: nothing by default. */
const DUTIES = ['resetModules', 'clearMocks', 'resetMocks', 'restoreMocks'] as const;

/** All that its source mentions of these objects: a later version of Jest may give it more to do. */
const MEMBER = /\b(?:config|runtime|environment)\.\w+/g;
const MEMBERS = [
  ...DUTIES.map(each => `config.${each}`),
  'runtime.resetModules',
  'runtime.clearAllMocks',
  'runtime.resetAllMocks',
  'runtime.restoreAllMocks',
  'config.fakeTimers',
  'environment.fakeTimers',
];

/**
 * Jest adds a beforeEach hook to each file, which resets modules and mocks. Where the configuration wants nothing of
 * that, it only takes time, in each test, and goes, unless others see the events of hooks.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/legacy-code-todo-rewrite/jestAdapter.ts
 */
export function removeIdleHook({ testFile, handlesAlone, gate }: FileRun, root: DescribeBlock): void {
  const { foreignHooks, info } = testFile;
  const config = info.config as Record<(typeof DUTIES)[number], boolean>;
  if (!handlesAlone || !gate.isHandledLast || DUTIES.some(each => config[each])) return;
  root.hooks = root.hooks.filter(
    hook => !foreignHooks.has(hook) || hook.type !== 'beforeEach' || !isJests(hook.fn),
  );
}

/** Jest does not export it. */
function isJests(fn: Hook['fn']): boolean {
  const found = new Set(Function.prototype.toString.call(fn).match(MEMBER));
  return (
    DUTIES.every(each => found.has(`config.${each}`)) && [...found].every(each => MEMBERS.includes(each))
  );
}

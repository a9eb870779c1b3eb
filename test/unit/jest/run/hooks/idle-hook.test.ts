import type { DescribeBlock, Hook } from '../../../../../src/jest/file/circus';
import { removeIdleHook } from '../../../../../src/jest/run/hooks/idle-hook';
import type { FileRun } from '../../../../../src/jest/run/state/file-run';

declare const runtime: Record<string, () => void>;
declare const config: Record<string, boolean>;

/** As in circus. */
const jests = (): void => {
  if (config.resetModules) runtime.resetModules!();
  if (config.clearMocks) runtime.clearAllMocks!();
  if (config.resetMocks) runtime.resetAllMocks!();
  if (config.restoreMocks) runtime.restoreAllMocks!();
};
const later = (): void => {
  if (config.resetModules || config.clearMocks || config.resetMocks || config.restoreMocks) return;
  if (config.checkLeaks) runtime.checkLeaks!();
};
const users = (): void => {};
const hook = (fn: () => void, type: Hook['type'] = 'beforeEach'): Hook => ({ type, fn }) as unknown as Hook;

/** What is left of the hooks. `foreign`: all were added before the setup files ran. */
function left(
  hooks: Hook[],
  change: { options?: object; alone?: boolean; last?: boolean; foreign?: boolean } = {},
) {
  const { options = {}, alone = true, last = true, foreign = true } = change;
  const root = { hooks } as DescribeBlock;
  const testFile = { info: { config: options }, foreignHooks: new Set(foreign ? hooks : []) };
  removeIdleHook(
    { testFile, handlesAlone: alone, gate: { isHandledLast: last } } as unknown as FileRun,
    root,
  );
  return root.hooks.map(each => each.fn);
}

test("Jest's hook goes, and no other", () => {
  expect(left([hook(users), hook(jests), hook(jests, 'afterEach')])).toEqual([users, jests]);
});

test('the hook of a version of Jest that gives it more to do stays', () => {
  expect(left([hook(later)])).toEqual([later]);
});

test.each([
  ...['resetModules', 'clearMocks', 'resetMocks', 'restoreMocks'].map(
    each => [each, { options: { [each]: true } }] as const,
  ),
  ['a class of environments handles events', { alone: false }] as const,
  ['a handler was added', { last: false }] as const,
  ["it is not Jest's", { foreign: false }] as const,
])('it stays: %s', (_, change) => {
  expect(left([hook(jests)], change)).toEqual([jests]);
});

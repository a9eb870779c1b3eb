import { type GivenHook, type GlobalHookOfJest, hookOf } from '../jest/runner/global-hook';

/**
 * Beside `withSession` from `jest-loop/global-setup`: calls `teardown`. By then the run has ended all that it had up,
 * sessions included, so a teardown may take away what their fixtures use.
 *
 * ```js
 * // globalTeardown.js
 * const { withSession } = require('jest-loop/global-teardown');
 * module.exports = withSession(async () => { await stopDb(); });
 * ```
 *
 * See docs/scopes.md.
 *
 * @param teardown what the project's `globalTeardown` does: the function, or a module that exports it by default; may
 *   be left out. What it throws is Jest's to tell
 * @returns the function for Jest: `module.exports = withSession(teardown)`
 * @throws `ERR_OPTION_INVALID` if it is neither
 */
function withSession(teardown?: GivenHook): GlobalHookOfJest {
  const hook = hookOf(teardown, 'teardown');
  return async (globalConfig, projectConfig) => {
    await hook?.(globalConfig, projectConfig);
  };
}

/** What `globalTeardown` names. */
const globalTeardown = Object.assign(withSession(), { withSession });

// Not run: tells Node's scan for the exports of CommonJS that ES modules may import these by their names.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { withSession });

export = globalTeardown;

import { type GivenHook, hookOf } from '../jest/runner/global-hook';

import type globalSetup = require('./global-setup');

/**
 * The counterpart of `withSession` from `jest-loop/global-setup`: calls `teardown` once all fixtures of the run are torn
 * down, also those of scope `session`. So it can take away what they use.
 *
 * ```js
 * // globalTeardown.js
 * const { withSession } = require('jest-loop/global-teardown');
 * module.exports = withSession(async () => { await stopDb(); });
 * ```
 *
 * See docs/scopes.md.
 *
 * @param teardown the project's own global teardown: a function, or a module with one as its default export; optional.
 *   If it throws, Jest reports the error
 * @returns the function for Jest: `module.exports = withSession(teardown)`
 * @throws `ERR_OPTION_INVALID` if it is neither
 */
function withSession(teardown?: GivenHook): globalSetup.GlobalHookOfJest {
  const hook = hookOf(teardown, 'teardown');
  return async (globalConfig, projectConfig) => {
    await hook?.(globalConfig, projectConfig);
  };
}

/** The module that `globalTeardown` names. `withSession` adds a teardown of the project's own. See docs/scopes.md. */
const globalTeardown = Object.assign(withSession(), {
  /** Makes one that calls yours: `module.exports = withSession(teardown)`. Throws if it is neither function nor module. */
  withSession,
});

// Never runs: lets Node's scan for the exports of CommonJS modules find the name.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { withSession });

export = globalTeardown;

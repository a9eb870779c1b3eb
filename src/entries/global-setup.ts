import { failOnRecord } from '../jest/report/fail-run';
import { type GivenHook, type GlobalHookOfJest, hookOf } from '../jest/runner/global-hook';
import { replaceRunner } from '../jest/runner/replace-runner';

/**
 * Lets fixtures of scope `session` work where the preset is not there, or its `runner` is another: beside the preset
 * of somebody else, and in a project whose own runner extends Jest's. With the preset it does nothing but call `setup`.
 *
 * ```js
 * // globalSetup.js
 * const { withSession } = require('jest-loop/global-setup');
 * module.exports = withSession(async (globalConfig, projectConfig) => { process.env.DB = await startDb(); });
 * ```
 *
 * Without a setup of its own a project names the module itself: `globalSetup: 'jest-loop/global-setup'`.
 * See docs/scopes.md.
 *
 * @param setup what the project's `globalSetup` does: the function, or a module that exports it by default; may be
 *   left out. What it throws is Jest's to tell, and nothing is left behind
 * @returns the function for Jest: `module.exports = withSession(setup)`
 * @throws `ERR_OPTION_INVALID` if it is neither
 */
function withSession(setup?: GivenHook): GlobalHookOfJest {
  const hook = hookOf(setup, 'setup');
  return async (globalConfig, projectConfig) => {
    failOnRecord();
    const undo = replaceRunner(projectConfig);
    try {
      await hook?.(globalConfig, projectConfig);
    } catch (error) {
      undo();
      throw error;
    }
  };
}

/** What `globalSetup` names. */
const globalSetup = Object.assign(withSession(), { withSession });

// Not run: tells Node's scan for the exports of CommonJS that ES modules may import these by their names.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { withSession });

export = globalSetup;

import type { Config } from '@jest/types';
import { embedding } from '../jest/process/embedding';
import { failOnRecord } from '../jest/report/fail-run';
import { type GivenHook, hookOf } from '../jest/runner/global-hook';
import { replaceRunner } from '../jest/runner/replace-runner';

// Here, so that the declarations of users can name it; `jest-loop/global-teardown` uses it, too.
declare namespace globalSetup {
  /** The function that Jest gets. See docs/scopes.md. */
  type GlobalHookOfJest = (
    globalConfig: Config.GlobalConfig,
    projectConfig: Config.ProjectConfig,
  ) => Promise<void>;
}

/**
 * Makes fixtures of scope `session` work without the preset's `runner`: with another preset, or in a project whose own
 * runner extends Jest's. With our runner it only calls `setup`.
 *
 * ```js
 * // globalSetup.js
 * const { withSession } = require('jest-loop/global-setup');
 * module.exports = withSession(async (globalConfig, projectConfig) => { process.env.DB = await startDb(); });
 * ```
 *
 * A project without its own setup names the module itself: `globalSetup: 'jest-loop/global-setup'`.
 * See docs/scopes.md.
 *
 * @param setup the project's own global setup: a function, or a module with one as its default export; optional. If it
 *   throws, Jest reports the error and nothing is left behind
 * @returns the function for Jest: `module.exports = withSession(setup)`
 * @throws `ERR_OPTION_INVALID` if it is neither
 */
function withSession(setup?: GivenHook): globalSetup.GlobalHookOfJest {
  const hook = hookOf(setup, 'setup');
  return async (globalConfig, projectConfig) => {
    failOnRecord();
    const undo = replaceRunner(projectConfig);
    // In a program the next run may be one of another project.
    embedding()?.ends.add(async () => undo());
    try {
      await hook?.(globalConfig, projectConfig);
    } catch (error) {
      undo();
      throw error;
    }
  };
}

/** The module that `globalSetup` names. `withSession` adds a setup of the project's own. See docs/scopes.md. */
const globalSetup = Object.assign(withSession(), {
  /** Makes one that calls yours: `module.exports = withSession(setup)`. Throws if it is neither function nor module. */
  withSession,
});

// Never runs: lets Node's scan for the exports of CommonJS modules find the name.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { withSession });

export = globalSetup;

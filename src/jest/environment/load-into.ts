import { type Context, Script } from 'node:vm';
import type { BuiltInModule } from '../../fixtures/declare/loaded-built-ins';
import { readFileSync } from '../../node/fs';
import { dirname, join } from '../../node/path';
import { getOrMake } from '../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { state } from '../process/state';

type Run = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/**
 * Runs a bundle of ours in the realm of a test file, past Jest's modules: a project may mock all that it loads, or
 * transform it. Compiled once for the process.
 */
export function loadInto(context: Context, name: BuiltInModule | 'loop-core'): object {
  const filename = join(PACKAGE_FOLDER, 'entries', `${name}.js`);
  const script = getOrMake(state.scripts as Map<string, Script>, filename, () => {
    const code = readFileSync(filename, 'utf8');
    return new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
      filename,
    });
  });
  const module = { exports: {} };
  (script.runInContext(context) as Run)(module.exports, require, module, filename, dirname(filename));
  return module.exports;
}

'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
/** Inside the repository, so that it finds Jest; ignored by git. */
const SCRATCH = path.join(ROOT, `.tmp/bench-${process.pid}`);
process.on('exit', () => fs.rmSync(SCRATCH, { recursive: true, force: true }));

/**
 * Empties the scratch folder and copies the installed package there, so that the measured code stays the same for
 * the whole run. It goes below `node_modules`, as for a user: elsewhere Jest would compile the files that run in its
 * sandbox.
 */
function prepare(packageDir = path.join(ROOT, 'node_modules/jest-loop')) {
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  const copy = path.join(SCRATCH, 'node_modules/jest-loop');
  fs.cpSync(packageDir, copy, { recursive: true, dereference: true });
}

/**
 * Writes a Jest project. `files` maps names to sources, `config` extends the common configuration, `args` say where
 * its files run: in band by default; `timeline` adds that reporter. Returns an argument for `measure`.
 */
function writeProject(
  name,
  { files, tests, failing, config = {}, packageJson = {}, args = ['-i'], timeline = false },
) {
  const dir = path.join(SCRATCH, name);
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  const output = path.join(dir, 'usage.json');
  const whole = {
    // Not shared, so that one project does not warm the cache of another.
    cacheDirectory: path.join(dir, 'cache'),
    // A running watchman should make no difference.
    watchman: false,
    reporters: [
      'default',
      [path.join(__dirname, 'child/reporter.js'), { output }],
      ...(timeline ? [['jest-loop/timeline', { file: path.join(dir, 'timeline.html') }]] : []),
    ],
    ...config,
  };
  fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name, private: true, ...packageJson }));
  fs.writeFileSync(path.join(dir, 'jest.config.json'), JSON.stringify(whole, undefined, 2));
  for (const [file, source] of Object.entries(files)) fs.writeFileSync(path.join(dir, file), source);
  return { name, dir, output, tests, failing, args };
}

module.exports = { ROOT, prepare, writeProject };

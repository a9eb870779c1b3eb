'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
/** Inside the repository, so that Jest is found from there; ignored by git. */
const SCRATCH = path.join(ROOT, `.tmp/bench-${process.pid}`);
process.on('exit', () => fs.rmSync(SCRATCH, { recursive: true, force: true }));

/**
 * Empties the scratch folder and puts a copy of the installed package there, so that what is measured stays
 * the same for the whole run, whatever happens to the installed one. Below `node_modules`, as a user has it:
 * elsewhere Jest would compile the files that run in its sandbox.
 */
function prepare(packageDir = path.join(ROOT, 'node_modules/jest-loop')) {
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  const copy = path.join(SCRATCH, 'node_modules/jest-loop');
  fs.cpSync(packageDir, copy, { recursive: true, dereference: true });
}

/**
 * Writes a Jest project. `files` maps names to sources, `config` is laid over what all projects have, `args` say
 * where its files run: in band, as a rule.
 * Gives what `measure` takes.
 */
function writeProject(name, { files, tests, failing, config = {}, packageJson = {}, args = ['-i'] }) {
  const dir = path.join(SCRATCH, name);
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  const output = path.join(dir, 'usage.json');
  const whole = {
    // Its own, so that one project's run does not warm another's.
    cacheDirectory: path.join(dir, 'cache'),
    // Whether a watchman runs on this machine should make no difference.
    watchman: false,
    reporters: ['default', [path.join(__dirname, 'child/reporter.js'), { output }]],
    ...config,
  };
  fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name, private: true, ...packageJson }));
  fs.writeFileSync(path.join(dir, 'jest.config.json'), JSON.stringify(whole, undefined, 2));
  for (const [file, source] of Object.entries(files)) fs.writeFileSync(path.join(dir, file), source);
  return { name, dir, output, tests, failing, args };
}

module.exports = { ROOT, prepare, writeProject };

'use strict';

// Packs the package as it would be published and unpacks it in node_modules, so that examples, end-to-end
// projects and type tests use what a user would get.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const scratch = path.join(root, '.tmp/pack');
const target = path.join(root, 'node_modules/jest-loop');

fs.rmSync(scratch, { recursive: true, force: true });
fs.mkdirSync(scratch, { recursive: true });
// A scope of its own: without it, `jest-loop` below .tmp would mean this repository and not the packed copy.
fs.writeFileSync(path.join(root, '.tmp/package.json'), '{ "name": "scratch", "private": true }\n');
const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  shell: process.platform === 'win32',
});
const report = JSON.parse(packed);
// npm 11 gives a list, later versions an object by name.
const { filename } = Array.isArray(report) ? report[0] : Object.values(report)[0];
execFileSync('tar', ['-xzf', path.join(scratch, filename), '-C', scratch]);
fs.rmSync(target, { recursive: true, force: true });
fs.renameSync(path.join(scratch, 'package'), target);
fs.renameSync(path.join(scratch, filename), path.join(root, '.tmp/jest-loop.tgz'));
linkCommand(path.join(root, 'node_modules/.bin/jest-loop'));

/** Makes `npx jest-loop` work here and in the examples, as npm does. */
function linkCommand(file) {
  const cli = '../jest-loop/build/entries/cli.js';
  fs.rmSync(file, { force: true });
  if (process.platform === 'win32') {
    fs.writeFileSync(`${file}.cmd`, `@node "%~dp0\\${cli.replaceAll('/', '\\')}" %*\r\n`);
    return;
  }
  fs.symlinkSync(cli, file);
  fs.chmodSync(file, 0o755);
}

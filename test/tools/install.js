'use strict';

// Installs the development dependencies from the lock file, if that was not done yet.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
// The oldest Jest that is supported is for the tests at full size.
const hosts = process.argv.includes('--hosts') ? [path.join(root, 'test/hosts/jest-30.0')] : [];
const folders = [root, ...hosts];

const time = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

for (const folder of folders) {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (time(installed) >= time(path.join(folder, 'package-lock.json'))) continue;
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) continue;
  // npm has said why, if it could be started.
  if (error !== undefined) console.error(error.message);
  process.exitCode = 1;
  break;
}

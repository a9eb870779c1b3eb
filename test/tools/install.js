'use strict';

// Installs the development dependencies from the lock file, if that was not done yet.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const lock = path.join(root, 'package-lock.json');
const installed = path.join(root, 'node_modules/.package-lock.json');

const time = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (time(installed) < time(lock)) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

'use strict';

// Type tests: programs that must compile, with a rejected case (@ts-expect-error) beside each accepted one.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const folder = path.resolve(__dirname, '../types');
const tsc = require.resolve('typescript/bin/tsc');
const projects = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && fs.existsSync(path.join(folder, entry.name, 'tsconfig.json')));

/** Checking the declarations of Node and Jest takes longest; at the small size one project does it, our own included. */
const skipped = name => (name === 'globals' || process.env.TEST_SIZE === 'full' ? [] : ['--skipLibCheck']);

let failed = 0;
for (const { name } of projects) {
  const args = [tsc, '-p', path.join(folder, name), '--noEmit', ...skipped(name)];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  console.log(`types, ${name}: ${status === 0 ? 'ok' : 'failed'}`);
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;

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

let failed = 0;
for (const { name } of projects) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', path.join(folder, name), '--noEmit'], {
    stdio: 'inherit',
  });
  console.log(`types, ${name}: ${status === 0 ? 'ok' : 'failed'}`);
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;

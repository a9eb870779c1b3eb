'use strict';

// Checks the types of the test sources, and runs the type tests: programs that must compile, with a rejected case
// (@ts-expect-error) beside each accepted one.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const tests = path.resolve(__dirname, '..');
const tsc = require.resolve('typescript/bin/tsc');
const typeTests = fs
  .readdirSync(path.join(tests, 'types'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => `types/${name}`)
  .filter(name => fs.existsSync(path.join(tests, name, 'tsconfig.json')));

/** Checking the declarations of Node and Jest takes longest: at the small size one project checks them, and ours. */
const CHECKS_DECLARATIONS = 'types/globals';
const skips = name => name !== CHECKS_DECLARATIONS && process.env.TEST_SIZE !== 'full';

let failed = 0;
for (const name of ['.', ...typeTests]) {
  const args = [tsc, '-p', path.join(tests, name), '--noEmit', ...(skips(name) ? ['--skipLibCheck'] : [])];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  console.log(`types of test/${name === '.' ? '' : name}: ${status === 0 ? 'ok' : 'failed'}`);
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;

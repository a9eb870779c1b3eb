'use strict';

/*
 * `npm test` and `npm run test:full`: packs the package, then runs the tests and beside them what checks the sources,
 * the package and its types. `--full` takes the full sizes; `--beside-small` leaves out all that `npm test` does at the
 * same size: see `test/sizes.ts`.
 */
const { spawn } = require('node:child_process');
const path = require('node:path');
const { testsOfTwoSizes } = require('./two-sizes');

const root = path.resolve(__dirname, '../..');
const full = process.argv.includes('--full');
// Also for the processes started here.
if (full) process.env.TEST_SIZE = 'full';
// Most of the work is the start of hundreds of Jests. From Node 22.1 on, Node itself can keep their compiled code.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.tmp/compile-cache');
const besideSmall = process.argv.includes('--beside-small');
const options = { cwd: root, shell: process.platform === 'win32' };

/** Runs scripts one after the other; prints what they say when all is done. */
async function check(scripts) {
  let failed = 0;
  const output = [];
  for (const script of scripts) {
    const child = spawn('npm', ['run', '--silent', script], options);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => output.push(data));
    const code = await ended(child);
    output.push(`${script}: ${code === 0 ? 'ok' : 'failed'}\n`);
    if (code !== 0) failed++;
  }
  return { failed, output: Buffer.concat(output.map(each => Buffer.from(each))) };
}

const ended = child => new Promise(resolve => child.once('close', resolve));

async function main() {
  // What needs no package goes on while it is made.
  const early = check(besideSmall ? [] : ['lint']);
  if (!besideSmall) {
    const code = await ended(spawn('npm', ['run', '--silent', 'self'], { ...options, stdio: 'inherit' }));
    if (code !== 0) process.exit(1);
  }
  const checks = besideSmall ? ['types', 'reference'] : ['package', 'types', ...(full ? ['reference'] : [])];
  const files = besideSmall ? ['--runTestsByPath', ...testsOfTwoSizes()] : [];
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const tests = spawn(process.execPath, [jest, '--config', 'test/jest.config.js', ...files], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code, ...checked] = await Promise.all([ended(tests), early, check(checks)]);
  for (const { output } of checked) process.stdout.write(output);
  process.exitCode = code === 0 && checked.every(({ failed }) => failed === 0) ? 0 : 1;
}

void main();

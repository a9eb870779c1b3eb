'use strict';

// Runs many random projects by hand: `--seeds 2000 --from 1 --workers 2 --backend chaos`, in
// the orders of the seed `--order`. With `--shrink` one that fails is made as small
// as it can be.
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { parseArgs } = require('node:util');

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    seeds: text,
    from: text,
    workers: text,
    backend: text,
    order: text,
    shrink: { type: 'boolean' },
  },
});
const env = { ...process.env, TEST_SIZE: 'full' };
for (const [name, value] of Object.entries(values)) env[`PROJECTS_${name.toUpperCase()}`] = String(value);
const root = path.resolve(__dirname, '../../..');
const args = ['--config', path.join(root, 'test/jest.config.js'), '-i', 'properties/projects'];
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
process.exitCode = spawnSync(process.execPath, [jest, ...args], { env, stdio: 'inherit' }).status ?? 1;

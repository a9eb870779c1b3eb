'use strict';

// Type tests: programs that must compile, with a rejected case (@ts-expect-error) beside each accepted one, and the
// TypeScript examples of the README and the guides.
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

/** Writes the examples out, beside a configuration. All pages together declare one `interface Fixtures`. */
function writeExamples() {
  const root = path.resolve(__dirname, '../..');
  const target = path.join(root, '.tmp/examples');
  fs.rmSync(target, { recursive: true, force: true });
  const pages = ['README.md', ...fs.readdirSync(path.join(root, 'docs')).map(name => `docs/${name}`)];
  for (const page of pages) {
    const text = fs.readFileSync(path.join(root, page), 'utf8');
    for (const [, name, source] of text.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)) {
      const file = path.join(target, path.basename(page, '.md'), name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, source);
    }
  }
  const config = {
    extends: path.join(folder, 'imports/tsconfig.json'),
    compilerOptions: { types: ['node', 'jest-loop/globals'] },
    include: ['**/*.ts'],
  };
  fs.writeFileSync(path.join(target, 'tsconfig.json'), JSON.stringify(config));
  return target;
}

const all = [
  ...projects.map(({ name }) => ({ name, project: path.join(folder, name), args: skipped(name) })),
  { name: 'examples of the docs', project: writeExamples(), args: ['--skipLibCheck'] },
];

let failed = 0;
for (const { name, project, args } of all) {
  const command = [tsc, '-p', project, '--noEmit', ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  console.log(`types, ${name}: ${status === 0 ? 'ok' : 'failed'}`);
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;

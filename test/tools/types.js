'use strict';

// Checks the types of the test sources and of the TypeScript examples in the guides, and runs the type tests: programs
// that must compile, with a rejected case (@ts-expect-error) beside each accepted one.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const tests = path.resolve(__dirname, '..');
/** The native compiler takes a fifth of the time; at the full size the one that most projects have checks as well. */
const COMPILERS = process.env.TEST_SIZE === 'full' ? ['typescript-7', 'typescript'] : ['typescript-7'];
const typeTests = fs
  .readdirSync(path.join(tests, 'types'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => `types/${name}`)
  .filter(name => fs.existsSync(path.join(tests, name, 'tsconfig.json')));

/**
 * Checking the declarations of others takes longest: one project checks those of Node and Jest, and ours. At the full
 * size the older compiler checks all of them; the native one refuses some of jsdom's.
 */
const CHECKS_DECLARATIONS = 'types/globals';

/** Writes the examples out, beside a configuration. All pages together declare one `interface Fixtures`. */
function writeExamples() {
  const root = path.resolve(__dirname, '../..');
  const target = path.join(root, '.tmp/examples');
  fs.rmSync(target, { recursive: true, force: true });
  const guides = fs.readdirSync(path.join(root, 'docs')).filter(name => name.endsWith('.md'));
  const pages = ['README.md', ...guides.map(name => `docs/${name}`)];
  for (const page of pages) {
    const text = fs.readFileSync(path.join(root, page), 'utf8');
    for (const [, name, source] of text.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)) {
      const file = path.join(target, path.basename(page, '.md'), name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, source);
    }
  }
  const config = {
    extends: path.join(tests, 'types/imports/tsconfig.json'),
    compilerOptions: { types: ['node', 'jest-loop/globals'] },
    include: ['**/*.ts'],
  };
  fs.writeFileSync(path.join(target, 'tsconfig.json'), JSON.stringify(config));
  return target;
}

const all = [
  ...['.', ...typeTests].map(name => ({
    name: `test/${name}`,
    project: path.join(tests, name),
    declarationsBy: name === CHECKS_DECLARATIONS ? ['typescript-7', 'typescript'] : ['typescript'],
  })),
  { name: 'the examples', project: writeExamples(), declarationsBy: [] },
];

let failed = 0;
for (const compiler of COMPILERS) {
  const { version } = require(`${compiler}/package.json`);
  const tsc = path.join(path.dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  for (const { name, project, declarationsBy } of all) {
    const skips = declarationsBy.includes(compiler) ? [] : ['--skipLibCheck'];
    const args = [tsc, '-p', project, '--noEmit', ...skips];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    console.log(`types of ${name}, TypeScript ${version}: ${status === 0 ? 'ok' : 'failed'}`);
    if (status !== 0) failed++;
  }
}
process.exitCode = failed > 0 ? 1 : 0;

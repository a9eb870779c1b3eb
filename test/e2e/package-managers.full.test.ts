import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from './run-jest';

/*
 * The packed tarball as package managers other than npm install it from the registry: Yarn (`@yarnpkg/cli-dist`) with
 * Plug'n'Play and with `node_modules`, pnpm without hoisting. `jest` and `jest-loop` are all that the project names.
 */
const TARBALL = path.join(ROOT, '.tmp/jest-loop.tgz');
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "stranger", "jest": { "preset": "jest-loop" } }',
  '.npmrc': 'hoist=false\nauto-install-peers=false\n',
  '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: true\n',
  // Yarn takes the folder for a project of its own.
  'yarn.lock': '',
  'in/jest.fixtures.js': `
    const { expect: own } = require('@jest/globals');
    const { fixture } = require('jest-loop');
    fixture('server', { scope: 'session' }, async function* () { own(1).toBe(1); yield { url: 'x' }; })
      .fixture('pool', { scope: 'worker' }, async function* () { expect(1).toBe(1); yield []; })
      .fixture('data', { scope: 'directory' }, ({ pool }) => pool);`,
  'in/a.test.js': `
    const { expect, test: own } = require('jest-loop');
    own('session', ({ server }) => expect(server.url).toBe('x'));
    test('directory', ({ data, pool }) => expect(data).toBe(pool));
    test('executor', async ({ eventLoop }) => {
      expect(await eventLoop.runInExecutor((a, b) => a + b, 1, 2)).toBe(3);
    });`,
  'in/b.test.js': "test('b', ({ server, data }) => { expect([server.url, data]).toEqual(['x', []]); });",
};
const CLIS = { yarn: '@yarnpkg/cli-dist/bin/yarn.js', pnpm: 'pnpm/bin/pnpm.cjs' };
let tools: string;
let folder: string;

beforeAll(() => {
  tools = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-tools-'));
  fs.writeFileSync(path.join(tools, 'package.json'), '{ "private": true }');
  const names = ['@yarnpkg/cli-dist@4', 'pnpm@10'];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...names], {
    cwd: tools,
    shell: process.platform === 'win32',
  });
});
afterAll(() => fs.rmSync(tools, { recursive: true, force: true }));

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-stranger-')));
  for (const [name, text] of Object.entries(FILES)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs a package manager there. Its folders lie beside those of the user. */
function run(cli: keyof typeof CLIS, ...args: string[]): void {
  try {
    execFileSync(process.execPath, [path.join(tools, 'node_modules', CLIS[cli]), ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NO_COLOR: '1', CI: '', YARN_GLOBAL_FOLDER: path.join(tools, 'yarn') },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr);
  }
}

/** The same with each package manager. */
function runAll(cli: keyof typeof CLIS, ...exec: readonly string[]): void {
  run(cli, ...exec, 'jest', '--ci', '-i');
  run(cli, ...exec, 'jest', '--ci', '--maxWorkers=2');
  run(cli, ...exec, 'jest-loop', '--ci', '-i', '--loop-debug');
  run(cli, ...exec, 'jest', '--ci', '--testSequencer=jest-loop/sequencer');
}

test("Yarn Plug'n'Play, in band and with workers", () => {
  run('yarn', 'add', '-D', 'jest@30', `jest-loop@file:${TARBALL}`);
  expect(fs.existsSync(path.join(folder, 'node_modules'))).toBe(false);
  runAll('yarn');
}, 300_000);

test('Yarn with node_modules, in band and with workers', () => {
  const settings = FILES['.yarnrc.yml']!.replace('nodeLinker: pnp', 'nodeLinker: node-modules');
  fs.writeFileSync(path.join(folder, '.yarnrc.yml'), settings);
  run('yarn', 'add', '-D', 'jest@30', `jest-loop@file:${TARBALL}`);
  expect(fs.existsSync(path.join(folder, '.pnp.cjs'))).toBe(false);
  expect(fs.existsSync(path.join(folder, 'node_modules/jest-loop/package.json'))).toBe(true);
  runAll('yarn');
}, 300_000);

test('pnpm without hoisting, in band and with workers', () => {
  run('pnpm', 'add', '-D', '--store-dir', path.join(tools, 'store'), 'jest@30', TARBALL);
  expect(fs.existsSync(path.join(folder, 'node_modules/.pnpm/node_modules'))).toBe(false);
  runAll('pnpm', 'exec');
}, 300_000);

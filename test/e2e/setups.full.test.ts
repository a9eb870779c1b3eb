import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from './run-jest';
import { RUN, TYPED, TYPES } from './setups';
import { failingFiles } from './setups-failing';

/* The packed tarball with everything else from the registry, in the set-ups that users have. */
const TARBALL = path.join(ROOT, '.tmp/jest-loop.tgz');
const COMPILERS = { '5.4': 'ts54', '5.9': 'typescript', 6: 'ts6', 7: 'ts7' };
const PACKAGES = [
  TARBALL,
  'jest@30',
  'jest-environment-jsdom@30',
  'ts-jest@29',
  'ts-node@10',
  'typescript@5.9',
  ...['5.4', '6', '7'].map(version => `ts${version.replace('.', '')}@npm:typescript@${version}`),
  '@swc/core@1',
  '@swc/jest@0.2',
  '@babel/core@7',
  '@babel/preset-env@7',
  '@babel/preset-typescript@7',
  'esbuild@0.28',
  '@types/node@20',
  '@types/jest@30',
  // The newest that run on Node 20.
  'nock@14',
  'msw@2',
  'supertest@7',
  'jest-extended@7',
];
let root: string;
let folder: string;

function run(args: readonly string[], cwd: string = folder): void {
  const { NODE_OPTIONS: _, ...env } = process.env;
  try {
    execFileSync(process.execPath, args, {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...env, NO_COLOR: '1' },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr);
  }
}
const installed = (...names: string[]): string => path.join(root, 'node_modules', ...names);
const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
};

beforeAll(() => {
  root =
    process.env.SETUPS_ROOT ?? fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-setups-')));
  if (process.env.SETUPS_ROOT !== undefined) return;
  fs.writeFileSync(path.join(root, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...PACKAGES], {
    cwd: root,
    stdio: 'pipe',
    shell: process.platform === 'win32',
  });
}, 600_000);
afterAll(() => {
  if (process.env.SETUPS_ROOT === undefined) fs.rmSync(root, { recursive: true, force: true });
});

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(root, 'project-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface JestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { title: string; failureMessages: string[] }[];
  }[];
}

/** The places below `failing/` that each test names which fails there. */
function placesIn(at: string, node: readonly string[]): Record<string, readonly string[]> {
  const report = path.join(folder, 'report.json');
  const args = ['--ci', '-i', '--json', `--outputFile=${report}`, `${at}/failing`];
  expect(() => run([...node, installed('jest/bin/jest.js'), ...args])).toThrow('fails.test');
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8')) as JestReport;
  const [file] = testResults;
  if (file === undefined || file.assertionResults.length === 0) throw new Error(file?.message);
  const placesOf = (text: string): readonly string[] =>
    text.replaceAll('\\', '/').match(/failing\/[\w.]+\.[jt]s:\d+/g) ?? [];
  return Object.fromEntries(
    file.assertionResults.map(({ title, failureMessages }) => [title, failureMessages.flatMap(placesOf)]),
  );
}

describe.each(Object.keys(RUN))('%s', name => {
  const { files, node = [], failing = {} } = RUN[name]!;
  test('in band and with workers', () => {
    write(files);
    for (const where of ['-i', '--maxWorkers=2'])
      run([...node, installed('jest/bin/jest.js'), '--ci', where]);
  }, 300_000);

  for (const [at, style] of Object.entries(failing))
    test(`failures name the lines of the source: ${at}`, () => {
      const { files: added, places } = failingFiles(style);
      write(files);
      for (const [file, text] of Object.entries(added)) write({ [path.join(at, file)]: text });
      expect(placesIn(at, node)).toEqual(places);
    }, 300_000);
});

const RESOLUTIONS = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

test.each(Object.entries(COMPILERS))(
  'TypeScript %s checks tests and fixtures, strictly',
  (_, compiler) => {
    const tsc = path.join(fs.realpathSync(installed(compiler)), 'bin/tsc');
    for (const { types, files } of TYPES) {
      for (const resolution of RESOLUTIONS) {
        const compilerOptions = { strict: true, noEmit: true, target: 'es2022', types, ...resolution };
        write({ 'package.json': '{}', 'tsconfig.json': JSON.stringify({ compilerOptions }), ...files });
        run([tsc, '-p', '.']);
      }
      for (const name of Object.keys(files)) fs.rmSync(path.join(folder, name));
    }
  },
  300_000,
);

test("a library's build leaves its fixtures out, and its tests see them", () => {
  write({
    'package.json': '{ "jest": { "preset": "jest-loop" } }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { strict: true, target: 'es2022', module: 'node16', rootDir: '.', types: ['node'] },
    }),
    'tsconfig.build.json': JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', declaration: true },
      include: ['src'],
      exclude: ['**/jest.fixtures.ts', '**/*.test.ts'],
    }),
    'src/index.ts': 'export const one = 1;',
    'src/jest.fixtures.ts': TYPED,
    'src/index.test.ts': `import { expect, test } from 'jest-loop';
      import { one } from './index';
      test('one', ({ port }) => expect(port + one).toBe(81));`,
  });
  run([installed('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']);
  run([installed('typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  expect(fs.readdirSync(path.join(folder, 'dist')).sort()).toEqual(['index.d.ts', 'index.js']);
  run([installed('jest/bin/jest.js'), '--ci', '-i']);
}, 300_000);

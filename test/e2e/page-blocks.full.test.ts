import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sizedTo } from '../sizes';
import { readPage } from './pages';
import { keepJest, ROOT, type RunOptions, runJest } from './run-jest';

keepJest();

/*
 * What pages show besides the files that `readme.test.ts` runs: configurations, mistakes for the compiler, settings.
 * Each is read from its page and used in a project of its own. And how pages begin.
 */
interface Block {
  readonly page: string;
  readonly language: string;
  readonly source: string;
}

const PAGES = ['README.md', ...fs.readdirSync(path.join(ROOT, 'docs')).map(name => `docs/${name}`)].filter(
  name => name.endsWith('.md'),
);
/** The blocks that are no files, without the indentation of a list. */
const BLOCKS: readonly Block[] = PAGES.flatMap(page =>
  [
    ...fs
      .readFileSync(path.join(ROOT, page), 'utf8')
      .matchAll(/^( *)```(js|ts|json)((?: .*)?)\n([\s\S]*?)^ *```$/gm),
  ]
    .filter(([, , , rest]) => !rest!.includes('file='))
    .map(([, indent, language, , source]) => ({
      page,
      language: language!,
      source: source!.replace(new RegExp(`^${indent}`, 'gm'), ''),
    })),
);
/** The one block of a page that has these words. */
function block(page: string, words: string): string {
  const found = BLOCKS.filter(each => each.page === `docs/${page}.md` && each.source.includes(words));
  if (found.length !== 1) throw new Error(`docs/${page}.md has ${found.length} blocks with ${words}`);
  return found[0]!.source;
}

const SHOWN = {
  sequencer: () => block('scopes', 'jest-loop/sequencer'),
  anotherPreset: () => block('scopes', "preset: 'another'"),
  ownSetup: () => block('scopes', 'withSession('),
  project: () => block('running', 'packages/api/jest.config.js'),
  reporter: () => block('timeline', 'jest-loop/timeline'),
  imports: () => block('typescript', 'moduleNameMapper'),
  esbuild: () => block('typescript', 'esbuild'),
  library: () => block('typescript', '"extends"'),
  wider: () => block('typescript', 'beforeAll(({ user })'),
  everything: () => block('typescript', 'import { beforeEach, expect'),
  jsconfig: () => block('editors', 'checkJs'),
  chain: () => block('editors', 'exports.fixtures'),
  types: () => block('editors', 'fixtures.d.ts'),
  launch: () => block('editors', '"launch"'),
  lint: () => block('eslint', 'eslint.config.mjs'),
  result: () => block('tutorial', 'takes an order'),
};
/** Not used: an ellipsis stands for code. */
const SKETCHES = ['beforeEach(async ({ server, request }) => { … });\n'];

test('each block of code is a file or used here', () => {
  const known = [...Object.values(SHOWN).map(source => source()), ...SKETCHES];
  expect(BLOCKS.filter(({ source }) => !known.includes(source))).toEqual([]);
});

let folder: string;
beforeEach(() => {
  fs.mkdirSync(path.join(ROOT, '.tmp/e2e'), { recursive: true });
  folder = fs.mkdtempSync(path.join(ROOT, '.tmp/e2e/blocks-'));
  write({ 'package.json': '{ "name": "project" }' });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** Jest passes on these files, and runs so many tests. */
function passes(files: Readonly<Record<string, string>>, count: number, options?: RunOptions): void {
  write(files);
  const report = runJest(folder, { args: ['-i'], ...options });
  const tests = Object.values(report.files).flatMap(file => file.tests);
  expect({ output: report.output, code: report.code }).toEqual({ output: report.output, code: 0 });
  expect(tests).toHaveLength(count);
}

/** What the compiler prints about a configuration. */
function compile(project: string): string {
  const tsc = path.join(path.dirname(require.resolve('typescript-7/package.json')), 'bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', project], { cwd: folder, encoding: 'utf8' }).stdout;
}

const OPTIONS = { strict: true, module: 'node16', target: 'es2022', skipLibCheck: true, types: ['node'] };
const STRICT = JSON.stringify({ compilerOptions: { ...OPTIONS, noEmit: true } });
const RUN = {
  'jest.fixtures.js': "fixture('run', { scope: 'session' }, () => ({ up: true }));",
  'a.test.js': "test('has the run', ({ run }) => expect(run).toEqual({ up: true }));",
};
const ANOTHER = {
  'node_modules/another/jest-preset.js': `module.exports = {
    testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup'] };`,
};

test('scopes: the sequencer', () => {
  passes({ ...RUN, 'jest.config.js': SHOWN.sequencer() }, 1);
});

test('scopes: another preset, with the global set-up', () => {
  passes({ ...RUN, ...ANOTHER, 'jest.config.js': SHOWN.anotherPreset() }, 1);
});

test('scopes: a global set-up of its own', () => {
  const config = "module.exports = { preset: 'another', globalSetup: './setup.js' };";
  passes({ ...RUN, ...ANOTHER, 'jest.config.js': config, 'setup.js': SHOWN.ownSetup() }, 1);
});

test('running: a jest.fixtures file above a project', () => {
  const files = {
    'jest.config.js': "module.exports = { projects: ['<rootDir>/packages/*'] };",
    'jest.fixtures.js': RUN['jest.fixtures.js'],
    'packages/api/jest.config.js': SHOWN.project(),
    'packages/api/a.test.js': RUN['a.test.js'],
  };
  passes(files, 1);
});

test('timeline: the reporter', () => {
  passes({ ...RUN, 'jest.config.js': SHOWN.reporter() }, 1);
  expect(fs.readFileSync(path.join(folder, 'timeline.html'), 'utf8')).toContain('has the run');
});

test('typescript: imports that end in .js', () => {
  const files = {
    'jest.config.js': SHOWN.imports(),
    'src/add.ts': 'export const add = (a: number, b: number): number => a + b;',
    'a.test.ts': `import { expect, test } from 'jest-loop';
      import { add } from './src/add.js';
      test('adds', () => expect(add(1, 2)).toBe(3));`,
  };
  passes(files, 1, { transforms: true });
});

const COMPILERS = [
  ['esbuild', 'esbuild-transform'],
  ['SWC', '@swc/jest'],
] as const;

test.each(sizedTo(1, COMPILERS))('typescript: %s', (compiler, transform) => {
  const page = fs.readFileSync(path.join(ROOT, 'docs/typescript.md'), 'utf8');
  const [, row] = new RegExp(`^\\| ${compiler} \\| .*\`(transform: .*?)\``, 'm').exec(page)!;
  expect(row).toContain(transform);
  const files = {
    'jest.config.js': `module.exports = { preset: 'jest-loop', ${row} };`,
    'esbuild-transform.js': SHOWN.esbuild(),
    'a.test.ts': `import { expect, fixture, test } from 'jest-loop';
      fixture('port', (): number => 80);
      test('is compiled', ({ port }: { port: number }) => expect(port).toBe(80));`,
  };
  passes(files, 1, { transforms: true });
});

test("typescript: a library's build leaves its fixtures out", () => {
  write({
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...OPTIONS, rootDir: '.' } }),
    'tsconfig.build.json': SHOWN.library(),
    'src/index.ts': 'export const one = 1;',
    'src/jest.fixtures.ts':
      "import { fixture } from 'jest-loop';\nexport const fixtures = fixture('port', 80);",
    'src/index.test.ts': "import { test } from 'jest-loop';\ntest('one', () => {});",
  });
  expect(compile('tsconfig.build.json')).toBe('');
  expect(fs.readdirSync(path.join(folder, 'dist')).sort()).toEqual(['index.d.ts', 'index.js']);
});

test('typescript: what a beforeAll hook cannot request', () => {
  const source = SHOWN.wider();
  write({
    'tsconfig.json': STRICT,
    'a.ts': `${SHOWN.everything()}import { beforeAll } from 'jest-loop';
      declare function newUser(): { login(): void };
      declare function openDatabase(): { migrate(): Promise<void> };
      ${source}`,
  });
  const [said, more] = compile('.').match(/(?<=: error )TS.*$/gm)!;
  expect(more).toBeUndefined();
  const shown = /\/\/ (Property .*)$/m.exec(source)![1]!;
  for (const part of shown.split('…')) expect(said).toContain(part);
});

test('getting started: what the compiler says of a misspelt name', () => {
  const { files, failures } = readPage(ROOT, 'docs/getting-started.md');
  const own = Object.entries(files).filter(([name]) => name.startsWith('typescript/'));
  write({
    'tsconfig.json': STRICT,
    ...Object.fromEntries(own),
    'typescript/typo.test.ts': failures['typescript/typo.test.ts']!.source,
  });
  const page = fs.readFileSync(path.join(ROOT, 'docs/getting-started.md'), 'utf8');
  const [before, after] = /^typo\.test\.ts\(.*: error .*$/m.exec(page)![0].split('…');
  const said = compile('.').trim().split('\n');
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`typescript/${before}`);
  expect(said[0]!.endsWith(after!)).toBe(true);
});

test('editors: the types of a JavaScript project', () => {
  write({
    'jsconfig.json': SHOWN.jsconfig(),
    'jest.fixtures.js': SHOWN.chain(),
    'fixtures.d.ts': SHOWN.types(),
    'a.test.js': "test('wrong', ({ address }) => address.length + address.toFixed());",
  });
  const errors = compile('jsconfig.json').match(/^a\.test\.js.*$/gm);
  expect(errors).toEqual([expect.stringContaining("'toFixed' does not exist on type 'string'")]);
});

test('editors: the settings of VS Code start Jest', () => {
  const { version, configurations } = JSON.parse(SHOWN.launch()) as {
    version: string;
    configurations: { program: string; args: string[] }[];
  };
  expect([version, configurations.length]).toEqual(['0.2.0', 1]);
  const [, file] = /^\$\{workspaceFolder\}\/(.*)$/.exec(configurations[0]!.program)!;
  expect(fs.existsSync(path.join(ROOT, file!))).toBe(true);
  expect(configurations[0]!.args.join(' ')).toMatch(/^-i --runTestsByPath \$\{file\}$/);
});

test('eslint: the configuration, over the example', () => {
  write({
    'eslint.config.mjs': SHOWN.lint(),
    ...readPage(ROOT, 'docs/eslint.md').files,
    'wrong.test.js': "test('waits', done => { expect(1).toBe(1); done(); });",
  });
  const { stdout } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/eslint/bin/eslint.js'), '-f', 'json', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const found = (JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[]).flatMap(
    ({ filePath, messages }) => messages.map(({ ruleId }) => `${path.basename(filePath)} ${ruleId}`),
  );
  expect(found).toEqual(['wrong.test.js jest/no-done-callback']);
});

test('tutorial: the result shown first is the result', () => {
  const last = readPage(ROOT, 'docs/tutorial.md').files['step-4/orders.test.js']!;
  expect(last).toContain(SHOWN.result());
});

test('commands have flags that there are', () => {
  const helpOf = (file: string): string =>
    spawnSync(process.execPath, [path.join(ROOT, 'node_modules', file), '--help'], { encoding: 'utf8' })
      .stdout;
  const help = helpOf('jest-loop/build/entries/cli.js') + helpOf('jest/bin/jest.js');
  const known = new Set([...help.matchAll(/(?<=\s)--?[\w-]+/g)].map(([flag]) => flag));
  const commands = PAGES.flatMap(page =>
    [...fs.readFileSync(path.join(ROOT, page), 'utf8').matchAll(/\bnpx jest(?:-loop)? [^`#|\n]*/g)].map(
      ([command]) => command.replace(/'[^']*'|\s-- .*/g, ''),
    ),
  );
  const unknown = commands.filter(command =>
    [...command.matchAll(/(?<=\s)--?[a-z][\w-]*/gi)].some(([flag]) => !known.has(flag)),
  );
  expect(unknown).toEqual([]);
  expect(commands.length).toBeGreaterThan(10);
});

/** What stands before the first code, table or second section of a page, and how that begins. */
function opening(page: string): { readonly text: string; readonly first: string } {
  const lines = fs.readFileSync(path.join(ROOT, page), 'utf8').split('\n');
  const sections = lines.flatMap((line, index) => (line.startsWith('## ') ? [index] : []));
  const end = lines.findIndex((line, index) => /^(```|\|)/.test(line) || index === sections[1]);
  return { text: lines.slice(0, end).join(' '), first: lines[end]! };
}

/** Pages without code to run. */
const PROSE = ['docs/architecture.md', 'docs/support.md'];

test.each(PAGES.filter(page => page !== 'README.md'))(
  '%s says for whom it is and begins with an example',
  page => {
    const { text, first } = opening(page);
    expect(text).toMatch(
      /\b[Ff]or (those|anyone|everyone|users|contributors|projects|tests|Python programmers|reading)\b/,
    );
    if (!PROSE.includes(page)) expect(first).toMatch(/^```(js|ts|sh)/);
  },
);

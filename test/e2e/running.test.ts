import { type Report, runFiles } from './run-jest';

const statuses = (report: Report, file: string): string[] =>
  (report.files[file]?.tests ?? []).map(({ name, status }) => `${status} ${name}`);

const PARAMS = `
  fixture('kind', { params: ['pg', 'lite'] }, (_, { param }) => param);
  fixture('file', { scope: 'file' }, async function* () { yield {}; });
  test('uses', ({ kind, file }) => { expect(file).toEqual({}); });
  test('other', ({ file }) => {});`;

test('-t is matched against the names of variants', () => {
  const report = runFiles({ 'a.test.js': PARAMS }, { args: ['-t', 'uses \\[pg\\]'] });
  expect(statuses(report, 'a.test.js')).toEqual(['passed uses [pg]', 'pending uses [lite]', 'pending other']);
});

test('a mistake in a test that -t leaves out is not told', () => {
  const source =
    "test('kept', () => {}); test('left out', ({ unknown }) => {}); test('twice [x]', ({ gone }) => {});";
  const report = runFiles({ 'a.test.js': source }, { args: ['-t', 'kept'] });
  expect(report.code).toBe(0);
});

test('--randomize shuffles variants as well', () => {
  const report = runFiles({ 'a.test.js': PARAMS }, { args: ['--randomize', '--seed=3'] });
  expect(statuses(report, 'a.test.js').sort()).toEqual([
    'passed other',
    'passed uses [lite]',
    'passed uses [pg]',
  ]);
});

test.each(['babel', 'v8'])('--coverage with %s: names are read from instrumented code', provider => {
  const report = runFiles(
    {
      'lib.js': 'exports.add = (a, b = 1) => a + b;',
      'jest.fixtures.js':
        "fixture('add', () => require('./lib').add); fixture('sum', ({ add, extra = 2 }) => add(1, extra));",
      'a.test.js': "test('sum', async ({ sum, unknown = 5 }) => { expect(sum + unknown).toBe(8); });",
    },
    {
      args: [
        '--coverage',
        `--coverageProvider=${provider}`,
        '--collectCoverageFrom=**/*.js',
        '--coverageReporters=text',
      ],
    },
  );
  expect(statuses(report, 'a.test.js')).toEqual(['passed sum']);
  expect(report.output).toMatch(/lib\.js\s+\|\s+100/);
});

test('ES modules: setup file, jest.fixtures file and test file', () => {
  const report = runFiles(
    {
      'package.json': '{ "name": "esm", "type": "module" }',
      'jest.config.js':
        "export default { preset: 'jest-loop', transform: {}, setupFilesAfterEnv: ['<rootDir>/setup.js'] };",
      'setup.js': "import { fixture } from 'jest-loop'; await null; fixture('fromSetup', 'setup');",
      'jest.fixtures.js':
        "import { fixture } from 'jest-loop'; fixture('fromDirectory', ({ fromSetup }) => [fromSetup, 'directory']);",
      'helper.js':
        "import { test } from 'jest-loop'; export const extended = test.extend('fromHelper', 'helper');",
      'a.test.js': `
        import { test, expect, fixture, describe } from 'jest-loop';
        import { test as jestTest } from '@jest/globals';
        import { extended } from './helper.js';
        fixture('own', async function* ({ fromDirectory }) { yield [...fromDirectory, 'file']; });
        test('all levels', ({ own }) => expect(own).toEqual(['setup', 'directory', 'file']));
        jestTest('@jest/globals', ({ own }) => expect(own).toHaveLength(3));
        extended('a helper module', ({ fromHelper }) => expect(fromHelper).toBe('helper'));
        fixture('imports', async () => (await import('./lazy.js')).default);
        test('import() in a fixture', ({ imports }) => expect(imports).toBe('lazy'));
        describe('hooks', () => { beforeEach(async () => { await import('./lazy.js'); }); test('too', ({ imports }) => {}); });`,
      'lazy.js': "export default 'lazy';",
    },
    { node: ['--experimental-vm-modules', '--no-warnings'] },
  );
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'a.test.js')).toEqual([
    'passed all levels',
    'passed @jest/globals',
    'passed a helper module',
    'passed import() in a fixture',
    'passed hooks too',
  ]);
});

const TYPESCRIPT = {
  'jest.fixtures.ts': `
    fixture('db', { scope: 'file' }, async function* () { const db: { open: boolean } = { open: true }; yield db; db.open = false; })
      .fixture('user', async ({ db }: any, { onCleanup }: any) => { onCleanup(() => {}); return db.open ? 'Ada' : 'nobody'; });
    test.extend({ used: async ({ user }: any, use: any) => { await use(user); } });`,
  'a.test.ts': `
    enum Kind { A }
    test('async', async ({ user, db: { open } }: any) => { expect([user, open, Kind.A]).toEqual(['Ada', true, 0]); });
    test('function', async function ({ user, none = 3 }: any) { await null; expect([user, none]).toEqual(['Ada', 3]); });
    test.each([[1]])('each %i', async (n: number, { user }: any) => { expect([n, user]).toEqual([1, 'Ada']); });
    const t = test.extend({ used: async ({ user }: any, use: any) => { await use(user + '!'); } });
    t('use', async ({ used }: any) => { expect(used).toBe('Ada!'); });
    describe('hooks', () => { beforeEach(async function (this: any, { user }: any) { this.user = user; });
      test('this', async function (this: any) { expect(this.user).toBe('Ada'); }); });`,
};
const NAMES = ['async', 'function', 'each 1', 'use', 'hooks this'].map(name => `passed ${name}`);

test('TypeScript without configuration', () => {
  const report = runFiles(TYPESCRIPT);
  expect(report.output).not.toMatch(/ts-jest\[|TS151001/);
  expect(statuses(report, 'a.test.ts')).toEqual(NAMES);
});

test('TypeScript as ES modules', () => {
  const report = runFiles(
    {
      'package.json': '{ "name": "esm", "type": "module" }',
      'jest.config.js': "export default { preset: 'jest-loop', extensionsToTreatAsEsm: ['.ts'] };",
      'jest.fixtures.ts':
        "import { fixture } from 'jest-loop'; await null; fixture('db', async function* () { yield import.meta.url; });",
      'a.test.ts':
        "import { expect, test } from 'jest-loop'; test('async', async ({ db }: any) => { expect(db).toContain('jest.fixtures.ts'); });",
    },
    { node: ['--experimental-vm-modules', '--no-warnings'] },
  );
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'a.test.ts')).toEqual(['passed async']);
});

test('TypeScript is not loaded where no file has to be compiled', () => {
  const files = {
    'jest.config.js': "module.exports = { preset: 'jest-loop', globalTeardown: './loaded.js' };",
    'loaded.js':
      "module.exports = () => console.log('loaded: ' + Object.keys(require.cache).some(file => file.includes('lib/typescript.js')));",
    'a.test.js': "test('a', () => {});",
  };
  expect(runFiles(files, { args: ['-i'], transforms: true }).output).toContain('loaded: false');
  const typed = runFiles(
    { ...files, 'b.test.ts': "test('b', () => { const one: number = 1; expect(one).toBe(1); });" },
    { args: ['-i', '--no-cache'] },
  );
  expect(typed.output).toContain('loaded: true');
  expect(typed.code).toBe(0);
});

test("a project's own transform wins, also where it is empty", () => {
  const source = "test('as written', () => { expect((() => 41).toString()).toBe('() => 41'); });";
  const plugin = "module.exports = { process: source => ({ code: source.replace(/41/g, '42') }) };";
  const empty = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', transform: {} };",
    'babel.config.js': "throw new Error('Babel is not asked');",
    'a.test.js': source,
  });
  expect(statuses(empty, 'a.test.js')).toEqual(['passed as written']);
  const own = runFiles({
    'jest.config.js':
      "module.exports = { preset: 'jest-loop', transform: { 'a.test.js$': '<rootDir>/own.js' } };",
    'own.js': plugin,
    'a.test.js': "test('by its own', () => { expect(41).toBe(40 + 2); });",
  });
  expect(statuses(own, 'a.test.js')).toEqual(['passed by its own']);
});

test("in a repository of several projects a project's Babel configuration is found", () => {
  const report = runFiles({
    'jest.config.js': "module.exports = { projects: ['<rootDir>/packages/*'] };",
    'packages/a/package.json': '{ "name": "a" }',
    'packages/a/jest.config.js': "module.exports = { preset: 'jest-loop' };",
    'packages/a/babel.config.js':
      'module.exports = { plugins: [() => ({ visitor: { NumericLiteral(path) { if (path.node.value === 41) path.node.value = 42; } } })] };',
    'packages/a/a.test.ts': "test('by Babel', () => { expect(41).toBe(40 + 2); });",
    'packages/b/package.json': '{ "name": "b" }',
    'packages/b/jest.config.js': "module.exports = { preset: 'jest-loop' };",
    'packages/b/b.test.ts':
      "test('by ts-jest', () => { const one: number = 41; expect(one).toBe(40 + 1); });",
  });
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'packages/a/a.test.ts')).toEqual(['passed by Babel']);
  expect(statuses(report, 'packages/b/b.test.ts')).toEqual(['passed by ts-jest']);
});

const compilers: [string, string][] = [
  ['ts-jest of its own, which compiles for ES2015', "{ '\\\\.ts$': ['ts-jest', { diagnostics: false }] }"],
  [
    'ts-jest for ES2017',
    "{ '\\\\.ts$': ['ts-jest', { diagnostics: false, tsconfig: { target: 'es2017' } }] }",
  ],
  ['SWC', "{ '\\\\.ts$': '@swc/jest' }"],
  ['SWC for ES2015', "{ '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2016' } }] }"],
];
test.each(compilers)('TypeScript by %s', (_, transform) => {
  const report = runFiles({
    ...TYPESCRIPT,
    'jest.config.js': `module.exports = { preset: 'jest-loop', transform: ${transform} };`,
  });
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'a.test.ts')).toEqual(NAMES);
});

test("a project with Babel configuration keeps Jest's own transform", () => {
  const report = runFiles({
    'babel.config.js':
      'module.exports = { plugins: [() => ({ visitor: { NumericLiteral(path) { if (path.node.value === 41) path.node.value = 42; } } })] };',
    'a.test.js': "test('compiled by Babel', () => { expect(41).toBe(40 + 2); });",
  });
  expect(statuses(report, 'a.test.js')).toEqual(['passed compiled by Babel']);
});

test('names that Babel compiled away are an error that says so', () => {
  const report = runFiles({
    'babel.config.js': "module.exports = { presets: [['@babel/preset-env', { targets: 'ie 11' }]] };",
    'a.test.js':
      "fixture('db', 1); test('awaiting', async ({ db }) => { await db; }); test('synchronous', ({ db }) => { expect(db).toBe(1); });",
  });
  expect(statuses(report, 'a.test.js')).toEqual(['failed awaiting', 'failed synchronous']);
  for (const { messages } of report.files['a.test.js']!.tests)
    expect(messages[0]).toContain("@babel/preset-env', { targets: { node: 'current' } }");
});

test('the environment and the setup file beside another preset', () => {
  const report = runFiles({
    'jest.config.js':
      "module.exports = { testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup', '<rootDir>/own.js'] };",
    'own.js': "fixture('db', 'db');",
    'a.test.js': "test('works', ({ db }) => { expect(db).toBe('db'); });",
  });
  expect(statuses(report, 'a.test.js')).toEqual(['passed works']);
});

test('others may patch handleTestEvent on the prototype', () => {
  const report = runFiles({
    'jest.config.js': "module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env.js' };",
    'env.js': `
      const { TestEnvironment } = require('jest-environment-node');
      const events = [];
      TestEnvironment.prototype.handleTestEvent = function (event) { events.push(event.name); this.global.seen = events; };
      module.exports = require('jest-loop/environment');`,
    'a.test.js':
      "fixture('db', 1); test('sees', ({ db }) => { expect(seen).toEqual(expect.arrayContaining(['setup', 'add_test', 'test_fn_start'])); });",
  });
  expect(statuses(report, 'a.test.js')).toEqual(['passed sees']);
});

test('the options of the package are no globals of the sandbox', () => {
  const report = runFiles({
    'jest.config.js':
      "module.exports = { preset: 'jest-loop', testEnvironmentOptions: { own: 1, loop: { mode: 'auto' } } };",
    'a.test.js': "test('not there', () => { expect([typeof loop, own]).toEqual(['undefined', 1]); });",
  });
  expect(statuses(report, 'a.test.js')).toEqual(['passed not there']);
});

test('environment variables win over docblock and project', () => {
  const report = runFiles(
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { mode: 'auto' } } };",
      'a.test.js':
        '/** @jest-loop {"mode": "auto"} */\nlet up = 0; fixture(\'auto\', { auto: true }, () => ++up); test(\'strict\', () => { expect(up).toBe(0); });',
    },
    { env: { JEST_LOOP_MODE: 'strict' } },
  );
  expect(statuses(report, 'a.test.js')).toEqual(['passed strict']);
});

test('defaultAsyncTimeout and fixture limits hold', () => {
  const report = runFiles({
    'a.test.js':
      "/** @jest-loop {\"defaultAsyncTimeout\": 30} */\nfixture('slow', () => new Promise(() => {})); test('late', ({ slow }) => {});",
  });
  expect(report.files['a.test.js']!.tests[0]!.messages[0]).toBe(
    'Fixture "slow" took too long to set up: a.test.js:2 (timeout=30ms)\n  asked for by test "late" at a.test.js:2\n  waiting for: a promise of other code (nothing of it is pending in its Loop)',
  );
});

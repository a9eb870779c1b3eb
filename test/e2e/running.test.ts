import { FULL, fullTest } from '../sizes';
import type { Report } from './report';
import { IN_BAND, keepJest, runFiles, runManyFiles } from './run-jest';

keepJest();

const statuses = (report: Report, file: string): string[] =>
  (report.files[file]?.tests ?? []).map(({ name, status }) => `${status} ${name}`);

const PARAMS = `
  fixture('kind', { params: ['pg', 'lite'] }, (_, { param }) => param);
  fixture('file', { scope: 'file' }, async function* () { yield {}; });
  test('uses', ({ kind, file }) => { expect(file).toEqual({}); });
  test('other', ({ file }) => {});`;

test('-t is matched against the names of variants; a mistake in a test that it leaves out is not reported', () => {
  const left =
    "test('kept', () => {}); test('left out', ({ unknown }) => {}); test('twice [x]', ({ gone }) => {});";
  const report = runFiles(
    { 'a.test.js': PARAMS, 'b.test.js': left },
    { args: [...IN_BAND, '-t', 'uses \\[pg\\]|kept'] },
  );
  expect(statuses(report, 'a.test.js')).toEqual(['passed uses [pg]', 'pending uses [lite]', 'pending other']);
  expect(statuses(report, 'b.test.js')).toEqual(['passed kept', 'pending left out', 'pending twice [x]']);
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

fullTest.each(['babel', 'v8'])('--coverage with %s: names are read from instrumented code', provider => {
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
      .fixture('user', async ({ db }: any, { onCleanup }: any) => { onCleanup(() => {}); return db.open ? 'Ada' : 'none'; });
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
const NAMES = ['async', 'function', 'each 1', 'use', 'hooks this'];

test('TypeScript without configuration', () => {
  const report = runFiles(TYPESCRIPT, { transforms: true });
  expect(report.output).not.toMatch(/ts-jest\[|TS151001/);
  expect(statuses(report, 'a.test.ts')).toEqual(NAMES.map(name => `passed ${name}`));
});

fullTest('TypeScript as ES modules', () => {
  const report = runFiles(
    {
      'package.json': '{ "name": "esm", "type": "module" }',
      'jest.config.js': "export default { preset: 'jest-loop', extensionsToTreatAsEsm: ['.ts'] };",
      'jest.fixtures.ts':
        "import { fixture } from 'jest-loop'; await null; fixture('db', async function* () { yield import.meta.url; });",
      'a.test.ts':
        "import { expect, test } from 'jest-loop'; test('async', async ({ db }: any) => { expect(db).toContain('jest.fixtures.ts'); });",
    },
    { node: ['--experimental-vm-modules', '--no-warnings'], transforms: true },
  );
  expect(report.output).not.toContain('failed to run');
  expect(statuses(report, 'a.test.ts')).toEqual(['passed async']);
});

fullTest('TypeScript is not loaded where no file has to be compiled', () => {
  const files = {
    'jest.config.js': "module.exports = { preset: 'jest-loop', globalTeardown: './loaded.js' };",
    'loaded.js':
      "module.exports = () => console.log('loaded: ' + Object.keys(require.cache).some(file => file.includes('lib/typescript.js')));",
    'a.test.js': "test('a', () => {});",
  };
  const options = { args: ['-i'], transforms: true, ownProcess: true };
  expect(runFiles(files, options).output).toContain('loaded: false');
  const typed = runFiles(
    { ...files, 'b.test.ts': "test('b', () => { const one: number = 1; expect(one).toBe(1); });" },
    { args: ['-i', '--no-cache'], transforms: true },
  );
  expect(typed.output).toContain('loaded: true');
  expect(typed.code).toBe(0);
});

fullTest("in a repository of several projects a project's Babel configuration is found", () => {
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

const EDITS = '({ visitor: { NumericLiteral(path) { if (path.node.value === 41) path.node.value = 42; } } })';
const transformed = (transform: string): Record<string, string> => ({
  'jest.config.js': `module.exports = { preset: 'jest-loop', transform: ${transform} };`,
});
/** Projects, by the one in which they differ, with the tests that pass there. */
const PROJECTS: Readonly<Record<string, readonly [Readonly<Record<string, string>>, readonly string[]]>> = {
  'ts-jest of its own, which compiles for ES2015': [
    { ...TYPESCRIPT, ...transformed("{ '\\\\.ts$': ['ts-jest', { diagnostics: false }] }") },
    NAMES,
  ],
  'ts-jest for ES2017': [
    {
      ...TYPESCRIPT,
      ...transformed("{ '\\\\.ts$': ['ts-jest', { diagnostics: false, tsconfig: { target: 'es2017' } }] }"),
    },
    NAMES,
  ],
  SWC: [{ ...TYPESCRIPT, ...transformed("{ '\\\\.ts$': '@swc/jest' }") }, NAMES],
  'SWC for ES2015': [
    { ...TYPESCRIPT, ...transformed("{ '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2016' } }] }") },
    NAMES,
  ],
  'SWC for browsers': [
    {
      ...TYPESCRIPT,
      ...transformed("{ '\\\\.ts$': ['@swc/jest', { env: { targets: { safari: '15' } } }] }"),
    },
    NAMES,
  ],
  'no transform, though Babel is configured': [
    {
      ...transformed('{}'),
      'babel.config.js': "throw new Error('Babel is not asked');",
      'a.test.js': "test('as written', () => { expect((() => 41).toString()).toBe('() => 41'); });",
    },
    ['as written'],
  ],
  'a transform of its own': [
    {
      ...transformed("{ 'a.test.js$': '<rootDir>/own.js' }"),
      'own.js': "module.exports = { process: source => ({ code: source.replace(/41/g, '42') }) };",
      'a.test.js': "test('by its own', () => { expect(41).toBe(40 + 2); });",
    },
    ['by its own'],
  ],
  "Babel's configuration, which keeps Jest's own transform": [
    {
      'babel.config.js': `module.exports = { plugins: [() => ${EDITS}] };`,
      'a.test.js': "test('compiled by Babel', () => { expect(41).toBe(40 + 2); });",
    },
    ['compiled by Babel'],
  ],
  'the environment and the setup file beside another preset': [
    {
      'jest.config.js':
        "module.exports = { testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup', '<rootDir>/own.js'] };",
      'own.js': "fixture('db', 'db');",
      'a.test.js': "test('works', ({ db }) => { expect(db).toBe('db'); });",
    },
    ['works'],
  ],
  'the options of the package, which are no globals of the sandbox': [
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', testEnvironmentOptions: { own: 1, loop: { mode: 'auto' } } };",
      'a.test.js': "test('not there', () => { expect([typeof loop, own]).toEqual(['undefined', 1]); });",
    },
    ['not there'],
  ],
  'names that Babel compiled away': [
    {
      'babel.config.js': "module.exports = { presets: [['@babel/preset-env', { targets: 'ie 11' }]] };",
      'a.test.js':
        "fixture('db', 1); test('awaiting', async ({ db }) => { await db; }); test('synchronous', ({ db }) => { expect(db).toBe(1); });",
    },
    [],
  ],
  'limits of a docblock': [
    {
      'a.test.js':
        "/** @jest-loop {\"defaultAsyncTimeout\": 30} */\nfixture('slow', () => new Promise(() => {})); test('late', ({ slow }) => {});",
    },
    [],
  ],
};

describe('a project with', () => {
  // What takes longest belongs to the full size.
  const names = Object.keys(PROJECTS).filter(name => FULL || !name.startsWith('ts-jest'));
  let reports: Readonly<Record<string, Report>>;
  beforeAll(() => {
    reports = runManyFiles(Object.fromEntries(names.map(name => [name, PROJECTS[name]![0]])), {
      args: IN_BAND,
    });
  });
  const testsOf = (name: string): Report['files'][string] => Object.values(reports[name]!.files)[0]!;

  test.each(names.filter(name => PROJECTS[name]![1].length > 0))('%s', name => {
    const { errors, tests } = testsOf(name);
    expect(errors).toEqual([]);
    expect(tests.map(each => [each.name, each.status])).toEqual(
      PROJECTS[name]![1].map(each => [each, 'passed']),
    );
  });

  test('names that Babel compiled away: an error says so', () => {
    const { tests } = testsOf('names that Babel compiled away');
    expect(tests.map(({ name, status }) => [name, status])).toEqual([
      ['awaiting', 'failed'],
      ['synchronous', 'failed'],
    ]);
    for (const { messages } of tests)
      expect(messages[0]).toContain("@babel/preset-env', { targets: { node: 'current' } }");
  });

  test('limits of a docblock: they hold for fixtures', () => {
    expect(testsOf('limits of a docblock').tests[0]!.messages[0]).toBe(
      'Fixture "slow" took too long to set up: a.test.js:2 (timeout=30ms)\n  requested by test "late" at a.test.js:2\n  waiting for: a promise of your code or of a library, which jest-loop cannot cancel (if the call takes a signal, pass it request.signal)',
    );
  });
});

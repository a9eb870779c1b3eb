import { fullTest } from '../sizes';
import { KINDS } from './kinds';
import { counts, runLogged } from './logged';
import { keepJest, runManyFiles } from './run-jest';

keepJest();

/*
 * Files of fixtures are loaded a second time where their wide fixtures live. What can go wrong there is reported with the
 * file and the line; what looks as if it could goes well.
 */
const messages = (report: ReturnType<typeof runLogged>['report'], file: string): string[] =>
  report.files[file]!.tests.flatMap(test => test.messages);
const raw = (report: ReturnType<typeof runLogged>['report'], file: string): string =>
  report.files[file]!.tests.flatMap(test => test.raw).join('\n');
const WITH_FLAG =
  "module.exports = { preset: 'jest-loop', globals: { FLAG: true, document: { title: 'page' } } };";

describe.each(KINDS)('%s', (_kind, args) => {
  test('a file that uses what only the tests have', () => {
    const { report } = runLogged(
      {
        'jest.config.js': WITH_FLAG,
        'a/jest.fixtures.js':
          "const { title } = document;\nfixture('page', { scope: 'worker' }, () => title);",
        'a/a.test.js': "test('a', ({ page }) => {}); test('again', ({ page }) => {});",
        'b/jest.fixtures.ts':
          "declare const document: { title: string }, fixture: any;\ninterface Page { title: string }\n\nfixture('page', { scope: 'session' }, (): Page => ({ title: '' }));\nconst page: string = document.title;",
        'b/b.test.js': "test('b', ({ page }) => {});",
        'c/jest.fixtures.js': "fixture('page', { scope: 'directory' }, () => document.title);",
        'c/c.test.js': "test('c', ({ page }) => {});",
      },
      // Node maps places only in a process in which Jest itself never did.
      { args, ownProcess: true },
    );
    expect(report.code).toBe(1);
    const [first, again] = messages(report, 'a/a.test.js');
    expect(first!.split('\n')).toEqual([
      'a/jest.fixtures.js cannot be loaded outside the tests, where its fixtures of scope "directory", "worker" and "session" live: document is not defined',
      '  There is no test environment there: no mocks, no jsdom, and no globals except those of Node, fixture and mark.',
      '  To fix: move these fixtures into a jest.fixtures file that needs nothing else.',
      'cause| ReferenceError: document is not defined',
    ]);
    expect(again).toBe(first!.replace('nothing else.', '$&\n  (first seen in "a" at a/a.test.js:1)'));
    expect(raw(report, 'a/a.test.js')).toContain('a/jest.fixtures.js:1:');
    expect(messages(report, 'b/b.test.js')[0]).toMatch(/^b\/jest\.fixtures\.ts cannot be loaded outside/);
    expect(raw(report, 'b/b.test.js')).toContain('b/jest.fixtures.ts:5:');
    // Its body says it for itself.
    expect(messages(report, 'c/c.test.js')[0]).toContain('document is not defined');
    expect(raw(report, 'c/c.test.js')).toContain('c/jest.fixtures.js:1:');
  });

  fullTest('a file that imports the package after the body of a fixture did', () => {
    const { report } = runLogged(
      {
        'jest.config.js': "module.exports = { preset: 'jest-loop' };",
        'jest.fixtures.js':
          "fixture('lazy', { scope: 'worker' }, () => typeof require('jest-loop').fixture);",
        'a.test.js': "test('a', async ({ request }) => expect(await request.get('lazy')).toBe('function'));",
        'b/jest.fixtures.js':
          "const { fixture } = require('jest-loop');\nfixture('eager', { scope: 'worker' }, ({ lazy }) => lazy);",
        'b/b.test.js': "test('b', ({ lazy, eager }) => expect(eager).toBe(lazy));",
      },
      { args },
    );
    expect(messages(report, 'b/b.test.js')).toEqual([]);
    expect(report.code).toBe(0);
  });

  test('a file that throws: nothing of it comes up', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': WITH_FLAG,
        'a/jest.fixtures.js':
          "const { logged } = require('../events');\nfixture('pool', { scope: 'session' }, logged('pool'));\nif (!globalThis.FLAG) throw new Error('no flag');",
        'a/a.test.js': "test('a', ({ pool }) => {});",
        'other.test.js': "test('other', () => {});",
      },
      { args },
    );
    expect(messages(report, 'a/a.test.js')[0]).toMatch(
      /^a\/jest\.fixtures\.js cannot be loaded outside the tests, .*: no flag\n/,
    );
    expect(raw(report, 'a/a.test.js')).toContain('a/jest.fixtures.js:3:');
    expect(report.files['other.test.js']!.status).toBe('passed');
    expect(log).toEqual([]);
  });

  fullTest('mocks, hooks, expectations and tests at the top of a file do nothing there', () => {
    const { report, log } = runLogged(
      {
        'lib.js': "exports.name = () => 'real';",
        'jest.fixtures.js': `
          const { expect: imported, jest: own, beforeAll: hook } = require('@jest/globals');
          jest.mock('./lib');
          own.useFakeTimers().setSystemTime(0);
          jest.useRealTimers();
          hook(() => {});
          beforeEach(() => {});
          expect.extend({ toBeFine: () => ({ pass: true, message: () => '' }) });
          imported.addSnapshotSerializer({ test: () => false });
          mark.catchLoopExceptions();
          const spy = jest.spyOn(console, 'log').mockReturnValue(1);
          const { logged } = require('./events');
          const lib = require('./lib');
          fixture('all', { scope: 'session' }, async function* () {
            await new Promise(resolve => setTimeout(resolve, 5));
            yield* logged('all', [lib.name(), Date.now() > 1e12])();
          });`,
        'a.test.js':
          "test('a', ({ all }) => { expect(all).toEqual(['real', true]); expect(1).toBeFine(); });",
        'b.test.js': "test('b', ({ all }) => { expect(all).toEqual(['real', true]); });",
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(log).toEqual(['all up', 'all down']);
  });

  fullTest('modules are found and compiled as in tests, also those that a body requests', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': `module.exports = {
          preset: 'jest-loop',
          moduleNameMapper: { '^@/(.*)$': '<rootDir>/lib/$1', '\\\\.css$': '<rootDir>/lib/style.js' },
          modulePaths: ['<rootDir>/shared'],
        };`,
        'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "es2022" } }',
        'lib/kind.ts': "import { late } from '@/late';\nexport enum Kind { Own = 'own' }\nexport { late };",
        'lib/late.ts': "export const late: string = 'late';",
        'lib/body.ts':
          "import style from '../page.css';\nexport enum Body { Name = 'body' }\nexport const of = (): string => style;",
        'lib/style.js': "exports.__esModule = true; exports.default = 'style';",
        'shared/common/index.ts': 'export const common: number = 1;',
        'a/jest.fixtures.ts': `
          import { fixture } from 'jest-loop';
          import { Kind, late } from '@/kind';
          import { common } from 'common';
          import { logged } from '../events';
          fixture('top', { scope: 'session' }, logged('top', [Kind.Own, late, common]));
          fixture('inner', { scope: 'worker' }, async () => {
            const { Body, of } = await import('../lib/body');
            return [Body.Name, of(), (await import('@/body')).Body === Body];
          });
          fixture('lost', { scope: 'worker' }, () => import('@/nowhere'));`,
        'events.d.ts': 'export const logged: any;',
        'a/a.test.ts': `
          import { expect, test } from 'jest-loop';
          test('a', ({ top, inner }: any) => {
            expect(top).toEqual(['own', 'late', 1]);
            expect(inner).toEqual(['body', 'style', true]);
          });`,
        'a/b.test.ts': "test('b', ({ top, lost }: any) => {});",
      },
      { args },
    );
    expect(report.files['a/a.test.ts']!.tests.flatMap(each => each.messages)).toEqual([]);
    expect(messages(report, 'a/b.test.ts')[0]).toContain('Could not locate module @/nowhere mapped as:');
    expect(log).toEqual(['top up', 'top down']);
  });

  fullTest('when the run is over Node finds and compiles modules as before', () => {
    const { report, log } = runLogged(
      {
        'jest.config.js': `module.exports = {
          preset: 'jest-loop', globalSetup: './before.js', globalTeardown: './after.js',
          moduleNameMapper: { '^@/(.*)$': '<rootDir>/lib/$1' },
        };`,
        'state.js': `
          const nodeModule = require('node:module');
          exports.state = () => [nodeModule._resolveFilename, Object.keys(nodeModule._extensions).join()];`,
        'before.js': "module.exports = () => { globalThis.before = require('./state').state(); };",
        'after.js': `module.exports = () => {
          const [resolve, extensions] = require('./state').state();
          const [resolvedBefore, extensionsBefore] = globalThis.before;
          require('./events').log('the same: ' + (resolve === resolvedBefore) + ' ' + (extensions === extensionsBefore));
          try { require('@/lib.ts'); } catch (error) { require('./events').log(error.code); }
        };`,
        'lib/lib.ts': 'export const lib: string = "lib";',
        'jest.fixtures.ts': `
          import { lib } from '@/lib';
          fixture('lib', { scope: 'session' }, () => lib).fixture('more', { scope: 'worker' }, () => lib);`,
        'a.test.js': "test('a', ({ lib, more }) => { expect(lib + more).toBe('liblib'); });",
        'b.test.js': "test('b', ({ lib, more }) => { expect(lib + more).toBe('liblib'); });",
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(log).toEqual(['the same: true true', 'MODULE_NOT_FOUND']);
  });

  test('a fixture that is declared only where tests run, though another file declares one of its name', () => {
    const { report } = runLogged(
      {
        'jest.config.js': `module.exports = { ...require('jest-loop/jest-preset'), globals: { FLAG: true }, setupFilesAfterEnv: [require.resolve('jest-loop/setup'), './setup.js'] };`,
        'setup.js': "fixture('db', { scope: 'worker' }, () => 'of setup');",
        'a/jest.fixtures.js':
          "if (globalThis.FLAG)\n  fixture('db', { scope: 'directory' }, () => 'of a');\nfixture('lone', { scope: 'directory' }, () => 1);",
        'a/a.test.js': "test('first', ({ lone }) => {}); test('a', ({ db }) => {});",
        'b.test.js': "test('b', ({ db }) => { expect(db).toBe('of setup'); });",
      },
      { args },
    );
    expect(messages(report, 'a/a.test.js').map(message => message.split('\n'))).toEqual([
      [
        'Fixture "db" is not declared when a/jest.fixtures.js is loaded outside the tests, where it lives.',
        '  "db" is declared at a/jest.fixtures.js:2',
        '  To fix: declare it unconditionally; there is no test environment there.',
      ],
    ]);
    expect(report.files['b.test.js']!.status).toBe('passed');
  });

  fullTest.each(['js', 'ts'])('a module of fixtures that two setup files load, as %s', extension => {
    const typed =
      extension === 'ts' ? "import { fixture } from 'jest-loop'; interface Unused { a: 1 }\n" : '';
    const { report, log } = runLogged(
      {
        'jest.config.js': `module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['./one.${extension}', './two.${extension}'] };`,
        [`lib.${extension}`]: `${typed}const { logged } = require('./events');
          fixture('shared', { scope: 'worker' }, logged('shared')); fixture('sharedToo', { scope: 'session' }, logged('sharedToo'));`,
        [`one.${extension}`]: `${typed}require('./lib'); fixture('one', { scope: 'worker' }, () => 1); fixture('mainOne', { scope: 'session' }, () => 1);`,
        [`two.${extension}`]: `${typed}require('./lib'); fixture('two', { scope: 'worker' }, () => 2); fixture('mainTwo', { scope: 'session' }, () => 2);`,
        // The file that declares it here is not the first to be loaded there.
        'a.test.js':
          "test('a', async ({ request }) => { for (const name of ['two', 'mainTwo', 'shared', 'sharedToo', 'one', 'mainOne']) await request.get(name); });",
      },
      { args },
    );
    expect(report.output).not.toContain('●');
    expect(report.code).toBe(0);
    expect(counts(log)).toEqual({ 'shared up': 1, 'shared down': 1, 'sharedToo up': 1, 'sharedToo down': 1 });
  });
});

const PLACES: Readonly<Record<string, (scope: string) => string>> = {
  'at its top': scope => `\n${pool(scope)} test('a', () => {});`,
  'in a describe block': scope => `\ndescribe('x', () => { ${pool(scope)} test('a', () => {}); });`,
  'in an object': scope =>
    `\nconst own = test.extend({ pool: [() => 1, { scope: '${scope}' }] }); own('a', ({ pool }) => {});`,
};
const pool = (scope: string): string => `fixture('pool', { scope: '${scope}' }, () => 1);`;
const WIDE = ['directory', 'worker', 'session'];

describe.each(KINDS)('a wide fixture in a test file, %s', (_kind, args) => {
  let reports: ReturnType<typeof runManyFiles>;
  beforeAll(() => {
    const projects = Object.entries(PLACES).map(([place, source]) => [
      place,
      Object.fromEntries(WIDE.map(scope => [`${scope}.test.js`, source(scope)])),
    ]);
    reports = runManyFiles(Object.fromEntries(projects), { args });
  });

  test.each(Object.keys(PLACES))('%s', place => {
    for (const scope of WIDE) {
      const { errors, tests } = reports[place]!.files[`${scope}.test.js`]!;
      expect(tests).toEqual([]);
      expect(errors.map(error => error.split('\n'))).toEqual([
        [
          `Fixture "pool" has scope "${scope}", which outlives the test file that declares it.`,
          `  "pool" is declared at ${scope}.test.js:2`,
          '  To fix: move it to a setup file (setupFilesAfterEnv) or a jest.fixtures file, or give it scope "file".',
        ],
      ]);
    }
  });
});

describe("with workers, Jest's main process", () => {
  const run = (scope: string, requests: string): readonly string[] => {
    const { report, log } = runLogged(
      {
        'jest.config.js': `module.exports = { preset: 'jest-loop', transform: { '\\\\.js$': './transform.js' } };`,
        'transform.js': `
          const { log } = require('./events');
          const babel = require('babel-jest').default.createTransformer();
          const compiled = process.env.JEST_WORKER_ID === undefined ? ' compiled in main' : ' compiled in a worker';
          const compile = (code, file, options) => {
            log(require('node:path').basename(file) + compiled);
            return babel.process(code, file, options);
          };
          module.exports = { ...babel, process: compile };`,
        'jest.fixtures.js': `
          const { log } = require('./events');
          if (process.env.JEST_WORKER_ID === undefined) log('jest.fixtures.js run in main');
          fixture('db', { scope: '${scope}' }, () => 1);`,
        'a.test.js': `test('a', (${requests}) => {});`,
      },
      { args: ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'] },
    );
    expect(report.code).toBe(0);
    return log.filter(event => event.endsWith('main'));
  };

  test('compiles session fixtures ahead, but runs no file that no test needs', () => {
    expect(run('session', '')).toEqual(['jest.fixtures.js compiled in main']);
  });

  fullTest('compiles no others, and those once', () => {
    expect(run('worker', '{ db }')).toEqual([]);
    expect(run('session', '{ db }')).toEqual([
      'jest.fixtures.js compiled in main',
      'jest.fixtures.js run in main',
    ]);
  });
});

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { ROOT } from './run-jest';

/*
 * Real ESLint, eslint-plugin-jest and typescript-eslint with `jest-loop/eslint` after them, over the examples of README
 * and guides and over what must be reported all the same.
 */
const GUIDES = fs.readdirSync(path.join(ROOT, 'docs')).filter(name => name.endsWith('.md'));
const PAGES = ['README.md', ...GUIDES.map(name => `docs/${name}`)];

/** The code blocks of a page, each as a file. */
function examplesOf(page: string): [name: string, text: string][] {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/^```([jt]s) file=(\S+)\n([\s\S]*?)^```$/gm)];
  const folder = page.replace(/\W/g, '_');
  return blocks.map(([, , name, source], index) => [`examples/${folder}/${index}/${name}`, source!]);
}

/** Before the first line break of the text. */
const IMPORT = "import { afterAll, beforeEach, describe, expect, fixture, mark, test } from 'jest-loop';";
const REQUIRE =
  "const { afterAll, beforeEach, describe, expect, fixture, mark, test } = require('jest-loop');";

const PLAIN_FALSE = `
    fixture('db', { scope: 'file' }, async function* ({}, request) { expect(request).toBeDefined(); yield 1; });
    fixture('a', 1).fixture('b', ({ a }) => { expect(a).toBe(1); return a; });
    const dbTest = test.extend({ x: async ({}, use) => { expect(1).toBe(1); await use(1); }, y: [({ x }) => x, { auto: true }] });
    const more = dbTest.extend('z', () => { expect(1).toBe(1); return 1; });
    mark.useFixtures('db');
    test('fixtures', ({ db }) => { expect(db).toBe(1); });
    test('default', ({ db } = {}) => { expect(db).toBe(1); });
    test.each\`a | b
      \${1} | \${2}\`('$a', ({ a, b }, { db }) => { expect([a, b, db]).toHaveLength(3); });
    test.catchLoopExceptions('modifier', async ({ db }) => { expect(db).toBe(1); });
    test.only.useFixtures('db')('modifier with arguments', () => { expect(1).toBe(1); });
    more('extended', ({ x, z }) => { expect([x, z]).toHaveLength(2); });
    beforeEach(({ db }) => { db.clear(); });
    afterAll(async ({ db }) => { await db.close(); });
    describe('options', { loopScope: 'file' }, () => { test('inside', () => { expect(1).toBe(1); }); });
    describe.loopScope('file')('modifier', () => { test('inside', () => { expect(1).toBe(1); }); });`;
const FALSE: Record<string, string> = {
  'false/plain.test.js': PLAIN_FALSE,
  'false/imports.test.js': `${IMPORT}${PLAIN_FALSE}`,
  'false/requires.test.js': `${REQUIRE}${PLAIN_FALSE}`,
  'false/fixtures.ts': `
    import { fixture, type FixturesOf } from 'jest-loop';
    export const fixtures = fixture('port', 1);
    declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`,
};

const PLAIN_TRUE = `
    test('a', done => { expect(1).toBe(1); done(); });
    test('b', async done => { expect(1).toBe(1); done(); });
    beforeEach(done => { done(); });
    expect(1).toBe(1);
    describe('c', () => { expect(1).toBe(1); test('d', () => { expect(1).toBe(1); }); });
    const helper = { call(fn) { fn(); } };
    helper.call(() => { expect(1).toBe(1); });
    describe('e', async () => {});
    describe('f', { loopScope: 'file' }, async () => {});
    describe('g', 1);
    describe('h', { loopScope: 'file' });
    fixtur('i', 1);
    const {} = helper;
    test.skip('j', ({ db }) => { expect(db).toBe(1); });
    test('k', ({ db }) => { db.clear(); });
    test.only('l', ({ db }) => { expect(db).toBe(1); });
    test('l', ({ db }) => { expect(db).toBe(1); });`;
const TRUE: Record<string, string> = {
  'true/plain.test.js': PLAIN_TRUE,
  'true/imports.test.js': `${IMPORT}${PLAIN_TRUE}`,
  'true/requires.test.js': `${REQUIRE}${PLAIN_TRUE}`,
  'true/types.ts': `
    export interface Empty {}
    declare module 'jest-loop' { interface Other {} }`,
};
const EXPECTED = [
  'jest/no-done-callback 2',
  'jest/no-done-callback 3',
  'jest/no-done-callback 4',
  'jest/no-standalone-expect 5',
  'jest/no-standalone-expect 6',
  'jest/no-standalone-expect 8',
  'jest/valid-describe-callback 9',
  'jest/valid-describe-callback 10',
  'jest/valid-describe-callback 11',
  'jest/valid-describe-callback 12',
  'no-undef 13',
  'no-empty-pattern 14',
  'jest/no-disabled-tests 15',
  'jest/expect-expect 16',
  'jest/no-focused-tests 17',
  'jest/no-identical-title 18',
];

const LIST = (set: string): string => `[
  { ...js.configs.recommended, languageOptions: { globals: { require: false, module: false, process: false, console: false, setTimeout: false } } },
  ...ts.configs.recommended,
  ${set},
  jestLoop,
]`;
/** All but those that need types. */
const ALL = `{ ...jest.configs['flat/all'], rules: { ...jest.configs['flat/all'].rules, ...Object.fromEntries(
  ['unbound-method', 'no-error-equal', 'no-unnecessary-assertion', 'valid-expect-with-promise'].map(name => ['jest/' + name, 'off'])) },
  settings: { jest: { version: 30 } } }`;
const CONFIGS: Record<string, string> = {
  'eslint.config.mjs': `
    import js from '@eslint/js';
    import jest from 'eslint-plugin-jest';
    import ts from 'typescript-eslint';
    import jestLoop from 'jest-loop/eslint';
    export default ${LIST("jest.configs['flat/recommended']")};`,
  'eslint.config.cjs': `
    const js = require('@eslint/js');
    const jest = require('eslint-plugin-jest');
    const ts = require('typescript-eslint');
    const jestLoop = require('jest-loop/eslint');
    module.exports = ${LIST(ALL).replace('jestLoop,', '...jestLoop,')};`,
  'without.config.cjs': `
    const jest = require('eslint-plugin-jest');
    require('jest-loop/eslint');
    module.exports = [jest.configs['flat/recommended']];`,
};

/** With the rules that need types. */
const TYPED: Record<string, string> = {
  'typed/tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      module: 'node16',
      target: 'es2022',
      types: ['node'],
      skipLibCheck: true,
    },
  }),
  'typed/jest.fixtures.ts': `
    import { fixture, type FixturesOf } from 'jest-loop';
    export const fixtures = fixture('port', { scope: 'file' }, 8080)
      .fixture('server', { scope: 'file' }, async function* ({ port }) {
        yield { url: String(port), close: async () => Promise.resolve() };
        await Promise.resolve();
      })
      .fixture('user', async ({ server }, { onCleanup, get, signal, skip, test: info }) => {
        onCleanup(() => server.close());
        signal.throwIfAborted();
        if (info.name === 'none') skip('no user');
        return String(await get('port'));
      });
    declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`,
  'typed/a.test.ts': `
    import { afterEach, beforeAll, describe, expect, mark, mergeTests, test, type Use } from 'jest-loop';
    beforeAll(async ({ server, request: { onCleanup } }) => {
      onCleanup(() => server.close());
      await server.close();
    });
    afterEach(async ({ server, request }) => {
      if (request.test.outcome === 'failed') await server.close();
    });
    const sized = test.extend('size', ({ user }) => user.length);
    const dated = test.extend({ day: async ({ port }, use: Use<Date>) => use(new Date(port)) });
    describe('block', () => {
      mark.catchLoopExceptions();
      sized('uses tasks', async ({ size, asyncTimeout: { set }, tasks: { start, ready } }) => {
        set(500);
        const task = start(async signal => { signal.throwIfAborted(); return Promise.resolve(size); });
        await ready(done => { done(); });
        expect(await task).toBe(4);
      });
      mergeTests(sized, dated)('both', { overrides: { size: () => 3 } }, ({ size, day }) => {
        expect(size).toBeLessThan(day.getTime());
      });
      test.each([[1, 2]])('%i', async (a, b, { request: { get } }) => {
        const user = await get('user');
        expect(user).toHaveLength(a + b + 1);
      });
    });`,
};
CONFIGS['typed.config.mjs'] = `
    import jest from 'eslint-plugin-jest';
    import ts from 'typescript-eslint';
    import jestLoop from 'jest-loop/eslint';
    export default [
      ...ts.configs.strictTypeChecked,
      ...ts.configs.stylisticTypeChecked,
      jest.configs['flat/recommended'],
      jestLoop,
      { languageOptions: { parserOptions: { projectService: true } } },
    ];`;

interface Message {
  readonly ruleId: string | null;
  readonly line: number;
  readonly message: string;
}

const folder = path.join(ROOT, '.tmp/eslint');
function lint(config: string, ...names: string[]): Record<string, readonly Message[]> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/eslint/bin/eslint.js'),
      '-c',
      config,
      '-f',
      'json',
      '--no-inline-config',
      ...names,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (stderr !== '') throw new Error(stderr);
  const results = JSON.parse(stdout) as { filePath: string; messages: Message[] }[];
  return Object.fromEntries(
    results.map(({ filePath, messages }) => [
      path.relative(folder, filePath).split(path.sep).join('/'),
      messages,
    ]),
  );
}

beforeAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  const files = { ...Object.fromEntries(PAGES.flatMap(examplesOf)), ...FALSE, ...TRUE, ...TYPED, ...CONFIGS };
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
});

/** The rules that fixtures could trip. */
const OURS =
  /^(jest\/(no-done-callback|no-standalone-expect|valid-describe-callback|require-hook|no-disabled-tests)|no-undef|no-empty-pattern|@typescript-eslint\/no-empty-object-type|null)$/;

/** The rules about style: all of them together allow no file. */
const STYLE = /^jest\/(padding-|prefer-|consistent-test-it|no-hooks)|no-require-imports$/;
/** Wants each test in a describe block, and must know one with modifiers. */
const TOP_LEVEL = 'jest/require-top-level-describe';

test.each(sizedTo(1, ['eslint.config.mjs', 'eslint.config.cjs']))(
  '%s: no false alarm, and true ones stay',
  config => {
    const found = lint(config, '.');
    const alarms = Object.entries(found).flatMap(([name, messages]) =>
      name.startsWith('true/') || /^\w+\.config/.test(name)
        ? []
        : messages
            .filter(({ ruleId }) => OURS.test(String(ruleId)))
            // ESLint does not know Node's and the window's globals, nor those of an environment.
            .filter(({ ruleId, message }) => ruleId !== 'no-undef' || /'(fixture|mark)'/.test(message))
            // A plain `done`.
            .filter(() => !name.endsWith('docs_environments_md/6/plain.test.js'))
            .map(({ ruleId, line, message }) => `${name}:${line} ${ruleId} ${message}`),
    );
    expect(alarms).toEqual([]);
    // Nothing at all is wrong with these, apart from style.
    const wrong = Object.entries(FALSE).flatMap(([name, text]) =>
      found[name]!.filter(({ ruleId, line }) =>
        ruleId === TOP_LEVEL ? text.split('\n')[line - 1]!.includes('describe') : !STYLE.test(ruleId!),
      ),
    );
    expect(wrong).toEqual([]);
    const rulesAt = (name: string): string[] =>
      found[name]!.map(({ ruleId, line }) => `${ruleId} ${line}`).filter(each => EXPECTED.includes(each));
    for (const name of ['plain', 'imports', 'requires'])
      expect([name, ...rulesAt(`true/${name}.test.js`).sort()]).toEqual([name, ...[...EXPECTED].sort()]);
    const empty = '@typescript-eslint/no-empty-object-type';
    expect(found['true/types.ts']!.filter(({ ruleId }) => ruleId === empty).map(({ line }) => line)).toEqual([
      2, 3,
    ]);
  },
);

fullTest('without it the rules are as they were', () => {
  const found = lint('without.config.cjs', 'false/plain.test.js');
  const rules = new Set(found['false/plain.test.js']!.map(({ ruleId }) => ruleId));
  expect([...rules]).toEqual(
    expect.arrayContaining([
      'jest/no-done-callback',
      'jest/no-standalone-expect',
      'jest/valid-describe-callback',
    ]),
  );
});

test('rules that need types find nothing wrong with fixtures, request and tasks', () => {
  const found = lint('typed.config.mjs', 'typed/*.ts');
  expect(found).toEqual({ 'typed/a.test.ts': [], 'typed/jest.fixtures.ts': [] });
});

import type { Style } from './setups-failing';

/* Small projects, one for each set-up of a user: the files by name. */

type Files = Readonly<Record<string, string>>;

/** A set-up and how its tests are run. */
interface Setup {
  readonly files: Files;
  readonly node?: readonly string[];
  /** How it writes test files that fail, by their folder. */
  readonly failing?: Readonly<Record<string, Style>>;
}

const fixtures = (types: boolean): string => `
  fixture('port', () => 80)
    .fixture('server', { scope: 'file' }, async function* ({ run }) {
      const server = { url: 'http://' + run.host, up: true };
      yield server;
      server.up = false;
    })
    .fixture('run', { scope: 'session' }, async () => ({ host: 'localhost' }));
  ${types ? 'export {};' : ''}`;

const TEST = `
  test('has a file fixture over one of the run', async ({ server, port }) => {
    expect([server.url, port]).toEqual(['http://localhost', 80]);
  });
  test.each([[1, 81]])('adds %i', (n, sum, { port }) => { expect(n + port).toBe(sum); });`;

const IMPORTED = `import { expect, test } from 'jest-loop';\n${TEST}`;

/** A set of fixtures that adds its types. */
export const TYPED = `
import { fixture, type FixturesOf } from 'jest-loop';
export const fixtures = fixture('run', { scope: 'session' }, async () => ({ host: 'localhost' }))
  .fixture('port', (): number => 80)
  .fixture('server', { scope: 'file' }, async function* ({ run }) {
    yield { url: \`http://\${run.host}\` };
  });
declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`;

const TYPED_TEST = `
test('typed', async ({ server, port }) => {
  const url: string = server.url;
  expect([url, port]).toEqual(['http://localhost', 80]);
});`;

/** What TypeScript must reject. */
const WRONG_TEST = `
test('wrong', ({ server }) => {
  // @ts-expect-error: it is a string
  const url: number = server.url;
  expect(url).toBe(0);
});`;

const config = (more: object = {}): string => JSON.stringify({ preset: 'jest-loop', ...more });
const typescript = (more: Files = {}): Files => ({
  'jest.fixtures.ts': TYPED,
  'test/a.test.ts': `import { expect, test } from 'jest-loop';\n${TYPED_TEST}`,
  ...more,
});

/** The set-ups that run tests. */
export const RUN: Readonly<Record<string, Setup>> = {
  'JavaScript, CommonJS': {
    failing: { '.': 'globals' },
    files: {
      'package.json': '{}',
      'jest.config.js': "module.exports = { preset: 'jest-loop', transform: {} };",
      'jest.fixtures.js': fixtures(false),
      'a.test.js': TEST,
      'b.test.js': `const { expect, test } = require('jest-loop');\n${TEST}`,
    },
  },
  'JavaScript, ES modules, jest.config.mjs': {
    failing: { '.': 'imported' },
    files: {
      'package.json': '{ "type": "module" }',
      'jest.config.mjs': "export default { preset: 'jest-loop', transform: {} };",
      'jest.fixtures.js': `import { fixture } from 'jest-loop';\n${fixtures(true)}`,
      'a.test.js': IMPORTED,
    },
    node: ['--experimental-vm-modules'],
  },
  'TypeScript, ts-jest, jest.config.ts': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "strict": true } }',
      'jest.config.ts': `import type { Config } from 'jest';
        const config: Config = { preset: 'jest-loop' };
        export default config;`,
    }),
  },
  'TypeScript, @swc/jest': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'jest.config.json': config({ transform: { '\\.[jt]sx?$': '@swc/jest' } }),
    }),
  },
  'TypeScript, Babel': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'babel.config.js': `module.exports = { presets: [
        ['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] };`,
      'jest.config.json': config(),
    }),
  },
  'TypeScript, esbuild': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'esbuild-transform.js': `
        const { transformSync } = require('esbuild');
        module.exports = {
          process: (source, sourcefile) => transformSync(source, {
            sourcefile, loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline',
          }),
        };`,
      'jest.config.json': config({ transform: { '\\.ts$': '<rootDir>/esbuild-transform.js' } }),
    }),
  },
  'TypeScript, NodeNext: imports end in .js': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'src/add.ts': 'export const add = (a: number, b: number): number => a + b;',
      'test/b.test.ts': `import { expect, test } from 'jest-loop';
        import { add } from '../src/add.js';
        test('adds', ({ port }) => expect(add(port, 1)).toBe(81));`,
      'jest.config.json': config({ moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' } }),
    }),
  },
  'injectGlobals: false': {
    failing: { '.': 'required' },
    files: {
      'package.json': '{}',
      'jest.config.json': config({ injectGlobals: false, transform: {} }),
      'jest.fixtures.js': `const { fixture } = require('jest-loop');\n${fixtures(false)}`,
      'a.test.js': `const { expect, test } = require('jest-loop');\n${TEST}`,
      'b.test.js': `const { expect, test } = require('@jest/globals');\n${TEST}`,
      'c.test.js': `const { expect, test } = require('jest-loop');
        test('no globals', () => expect(typeof globalThis.test).toBe('undefined'));`,
    },
  },
  'npm workspaces with projects': {
    failing: { 'packages/one': 'globals', 'packages/two': 'typed' },
    files: {
      'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
      'jest.config.json': '{ "projects": ["<rootDir>/packages/*"] }',
      'packages/one/package.json': '{ "name": "one", "jest": { "preset": "jest-loop" } }',
      'packages/one/jest.fixtures.js': fixtures(false),
      'packages/one/a.test.js': TEST,
      'packages/two/package.json': '{ "name": "two" }',
      'packages/two/jest.config.js': "module.exports = { preset: 'jest-loop' };",
      'packages/two/jest.fixtures.ts': TYPED,
      'packages/two/a.test.ts': `import { expect, test } from 'jest-loop';\n${TYPED_TEST}`,
    },
  },
  'jsdom through withLoop': {
    failing: { '.': 'globals' },
    files: {
      'package.json': '{}',
      'jest.config.json': config({ testEnvironment: './jsdom.js', transform: {} }),
      'jsdom.js': `const { withLoop } = require('jest-loop/environment');
        module.exports = withLoop(require('jest-environment-jsdom'));`,
      'jest.fixtures.js': `${fixtures(false)}
        fixture('button', async function* () {
          const button = document.createElement('button');
          document.body.append(button);
          yield button;
          button.remove();
        });`,
      'a.test.js': `${TEST}
        test.each([1, 2])('has one button', (n, { button }) => {
          expect([...document.querySelectorAll('button')]).toEqual([button]);
        });`,
    },
  },
  'beside the preset of ts-jest': {
    failing: { '.': 'typed' },
    files: typescript({
      'package.json': '{}',
      'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "module": "commonjs", "strict": true } }',
      'jest.config.json': JSON.stringify({
        preset: 'ts-jest',
        testEnvironment: 'jest-loop/environment',
        setupFilesAfterEnv: ['jest-loop/setup'],
        runner: 'jest-loop/runner',
      }),
    }),
  },
  'nock, msw, supertest and jest-extended': {
    files: {
      'package.json': '{}',
      'jest.config.json': config({
        setupFilesAfterEnv: ['jest-extended/all'],
        transform: {},
      }),
      'jest.fixtures.js': `
        const http = require('node:http');
        const { fixture } = require('jest-loop');
        fixture('app', { scope: 'file' }, async function* () {
          const server = http.createServer((_, response) => setTimeout(() => response.end('hello'), 1));
          await new Promise(resolve => server.listen(0, resolve));
          yield server;
          await new Promise(resolve => server.close(resolve));
        });
        fixture('nocked', function* () {
          const nock = require('nock');
          if (!nock.isActive()) nock.activate();
          nock('http://example.test').get('/').reply(200, 'nocked');
          yield nock;
          nock.cleanAll();
          nock.restore();
        });`,
      'a.test.js': `
        test('supertest', async ({ app }) => {
          const { text } = await require('supertest')(app).get('/').expect(200);
          expect(text).toStartWith('hello');
        });
        test('nock', async ({ nocked }) => {
          const { text } = await require('supertest')('http://example.test').get('/').buffer(true);
          expect(text).toBe('nocked');
          expect(nocked.isDone()).toBeTrue();
        });
        test('nock, for fetch', async ({ nocked }) => {
          expect(await (await fetch('http://example.test/')).text()).toBe('nocked');
          expect(nocked.isDone()).toBeTrue();
        });
        test('nock, after its fixture is down', () => { expect(require('nock').isActive()).toBeFalse(); });`,
      'b.test.mjs': `
        import { http, HttpResponse } from 'msw';
        import { setupServer } from 'msw/node';
        fixture('mocked', { scope: 'file' }, function* () {
          const server = setupServer(http.get('http://example.test/', () => HttpResponse.text('msw')));
          server.listen();
          yield server;
          server.close();
        });
        test('msw', async ({ mocked }) => {
          expect(await (await fetch('http://example.test/')).text()).toBe('msw');
        });`,
    },
    // msw has dependencies that are ES modules only.
    node: ['--experimental-vm-modules'],
  },
};

/** Programs that TypeScript checks strictly: the `types` of each, and its test files. */
export const TYPES: readonly { readonly types: readonly string[]; readonly files: Files }[] = [
  {
    types: ['node'],
    files: {
      'jest.fixtures.ts': TYPED,
      'imports.test.ts': `import { beforeEach, expect, test } from 'jest-loop';\n${TYPED_TEST}${WRONG_TEST}
        beforeEach(async ({ server }) => { const url: string = server.url; expect(url).toBe('x'); });`,
      'jest-globals.test.ts': `import { expect, test } from '@jest/globals';\n${TYPED_TEST}${WRONG_TEST}`,
    },
  },
  {
    types: ['node', 'jest'],
    files: {
      'jest.fixtures.ts': TYPED,
      'globals.test.ts': `/// <reference types="jest-loop/globals" />\n${TYPED_TEST}${WRONG_TEST}\nexport {};`,
    },
  },
];

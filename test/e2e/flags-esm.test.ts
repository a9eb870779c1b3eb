import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { KINDS } from './kinds';
import { recorded } from './records';
import { ROOT, runFiles } from './run-jest';

/* `--experimental-vm-modules`: wide fixtures of ES modules, which Node itself loads outside of the tests. */
const RECORD = fs.readFileSync(path.join(ROOT, 'test/projects/flags/record.js'), 'utf8');

const SETUP = `
  import { fixture as imported } from 'jest-loop';
  import { logged } from './record.cjs';
  await null;
  imported('session', { scope: 'session' }, async function* () { yield* logged('session'); });
  fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker', session); });`;
// A namespace and a dynamic import, and what throws outside of Jest's sandbox.
const FIXTURES = `
  import { expect, jest } from '@jest/globals';
  import { test } from 'jest-loop';
  const { logged } = await import('../record.cjs');
  jest.setTimeout(20_000);
  fixture('directory', { scope: 'directory' }, async function* ({ worker }) { yield* logged('directory', worker); })
    .fixture('file', { scope: 'file' }, async function* ({ directory }) { yield* logged('file', directory); })
    .fixture('url', { scope: 'worker' }, () => import.meta.url);
  export const extended = test.extend('more', { scope: 'worker' }, ({ url }) => url + '!');`;
const TEST = (name: string): string => `
  import { ran } from '../record.cjs';
  import { describe, expect, test } from 'jest-loop';
  import { extended } from './jest.fixtures.mjs';
  await null;
  describe('block', () => {
    test('${name} first', async ({ file, worker, url }) => { ran('${name} first', file, worker); expect(url).toMatch(/mjs$/); });
    extended('${name} second', ({ more, file }) => { ran('${name} second', file); expect(more).toMatch(/mjs!$/); });
  });`;
const MODULES = {
  'record.cjs': RECORD,
  'deep/jest.fixtures.mjs': FIXTURES,
  'deep/b.test.mjs': TEST('b'),
};
const CONFIG =
  "preset: 'jest-loop', testMatch: ['**/*.test.{js,mjs,ts}'], transform: {}, setupFilesAfterEnv: ['<rootDir>/setup.";

const PROJECTS: Record<string, Readonly<Record<string, string>>> = {
  'a project of ES modules': {
    ...MODULES,
    'deep/a.test.js': TEST('a'),
    'package.json': '{ "name": "esm", "type": "module" }',
    'jest.config.js': `export default { ${CONFIG}js'] };`,
    'setup.js': SETUP,
  },
  'ES modules by extension': {
    ...MODULES,
    'deep/a.test.mjs': TEST('a'),
    'jest.config.js': `module.exports = { ${CONFIG}mjs'] };`,
    'setup.mjs': SETUP,
  },
};

describe.each(KINDS)('%s', (_kind, args) => {
  test.each(sizedTo(1, Object.keys(PROJECTS)))('%s', name => {
    const node = ['--experimental-vm-modules'];
    const { report, faults, counts, ran } = recorded(env => runFiles(PROJECTS[name]!, { args, node, env }));
    const errors = Object.values(report.files).flatMap(({ tests }) =>
      tests.flatMap(({ messages }) => messages),
    );
    expect(errors).toEqual([]);
    expect({ code: report.code, faults }).toEqual({ code: 0, faults: [] });
    expect(ran).toEqual(['a first', 'a second', 'b first', 'b second']);
    expect(counts).toMatchObject({ session: 1, file: 2 });
  });
});

fullTest.each([
  ['a package', [], 'js', "require('shared');"],
  ['ES modules', ['--experimental-vm-modules'], 'mjs', "import './fixtures.mjs';"],
])('a second run in the same process: what %s declare', (_what, node, extension, source) => {
  const declares = (folder: string): string => `
    fixture('own', { scope: 'worker' }, async function* () {
      const { logged } = (await import('${folder}/record.cjs')).default;
      yield* logged('worker');
    });`;
  const project = `preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.${extension}']`;
  const files = {
    'record.cjs': RECORD,
    // Each runner has a run of its own.
    'sub.js': "module.exports = class extends require('jest-loop/runner').default {};",
    'jest.config.js': `module.exports = { projects: [
      { ${project}, displayName: 'a', testMatch: ['**/a.test.js'] },
      { ${project}, displayName: 'b', testMatch: ['**/b.test.js'], runner: './sub.js' },
    ] };`,
    'node_modules/shared/index.js': declares('../..'),
    'fixtures.mjs': declares('.'),
    [`setup.${extension}`]: source,
    'a.test.js': "test('a', ({ own }) => require('./record.cjs').ran('a', own));",
    'b.test.js': "test('b', ({ own }) => require('./record.cjs').ran('b', own));",
  };
  const { report, faults, counts, ran } = recorded(env => runFiles(files, { args: ['-i'], node, env }));
  const errors = Object.values(report.files).flatMap(({ tests }) =>
    tests.flatMap(({ messages }) => messages),
  );
  expect(errors).toEqual([]);
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: ['a', 'b'] });
  expect(counts).toEqual({ worker: 2 });
});

fullTest.each(KINDS)('files that are requested at once, %s: each declares its own', (_kind, args) => {
  const declares = (name: string, ms: number): string => `
    import { logged } from './record.cjs';
    await new Promise(resolve => setTimeout(resolve, ${ms}));
    fixture('${name}', { scope: 'worker' }, async function* () { yield* logged('${name}'); });`;
  const files = {
    'record.cjs': RECORD,
    'jest.config.js': `module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/slow.mjs', '<rootDir>/quick.mjs'],
      testEnvironmentOptions: { loop: { setup: 'parallel' } } };`,
    'slow.mjs': declares('slow', 60),
    'quick.mjs': declares('quick', 0),
    'a.test.js': "test('a', ({ slow, quick }) => require('./record.cjs').ran('a', slow, quick));",
    'b.test.js': "test('b', ({ quick, slow }) => require('./record.cjs').ran('b', slow, quick));",
  };
  const node = ['--experimental-vm-modules'];
  const { report, faults, ran } = recorded(env => runFiles(files, { args, node, env }));
  const errors = Object.values(report.files).flatMap(({ tests }) =>
    tests.flatMap(({ messages }) => messages),
  );
  expect({ errors, faults, ran }).toEqual({ errors: [], faults: [], ran: ['a', 'b'] });
});

fullTest('TypeScript that is compiled to ES modules', () => {
  const typed = (source: string): string => source.replaceAll(/\(\{ ([\w, ]+) \}\)/g, '({ $1 }: any)');
  const files = {
    'record.cjs': RECORD,
    'package.json': '{ "name": "esm", "type": "module" }',
    'jest.config.js':
      "export default { preset: 'jest-loop', extensionsToTreatAsEsm: ['.ts'], setupFilesAfterEnv: ['<rootDir>/setup.ts'] };",
    // Outside of the tests it is CommonJS, as is all TypeScript that Jest loads there: no await, no import.meta.
    'setup.ts': typed(SETUP.replace('await null;', '')).replace("fixture('worker'", "imported('worker'"),
    'deep/jest.fixtures.ts': typed(`
      import { expect } from '@jest/globals';
      import { fixture } from 'jest-loop';
      import { logged } from '../record.cjs';
      fixture('directory', { scope: 'directory' }, async function* ({ worker }) { yield* logged('directory', worker); })
        .fixture('file', { scope: 'file' }, async function* ({ directory }) { yield* logged('file', directory); });`),
    'deep/a.test.ts': typed(`
      import { ran } from '../record.cjs';
      import { test } from 'jest-loop';
      await null;
      const name: string = 'a';
      test(name, async ({ file, worker }) => { ran(name, file, worker); });`),
  };
  const node = ['--experimental-vm-modules'];
  const { report, faults, counts, ran } = recorded(env => runFiles(files, { node, env }));
  expect({ code: report.code, faults, ran }).toEqual({ code: 0, faults: [], ran: ['a'] });
  expect(counts).toEqual({ session: 1, worker: 1, directory: 1, file: 1 });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { type RunOptions, runFiles } from './run-jest';
import { inFolder, only, rowsOf } from './timeline-rows';

/*
 * For a single place Jest parses the source map of the whole file, and keeps it as long as the process runs. Only errors
 * are worth that.
 */

/** Logs the source maps that are parsed while test files run. */
const ENVIRONMENT = `
  const { appendFileSync } = require('node:fs');
  const { TestEnvironment } = require('jest-loop/environment');
  const { parse } = JSON;
  module.exports = class extends TestEnvironment {
    async setup() {
      await super.setup();
      JSON.parse = (...args) => {
        const parsed = parse(...args);
        if (parsed?.mappings !== undefined) appendFileSync(process.env.PARSED, parsed.sources.join() + '\\n');
        return parsed;
      };
    }
    async teardown() {
      JSON.parse = parse;
      await super.teardown();
    }
  };`;
const CONFIG = `module.exports = {
  preset: 'jest-loop', testEnvironment: './environment.js', setupFilesAfterEnv: ['<rootDir>/setup.js'],
};`;

/**
 * Runs files that Babel compiles. Gives the output, and those of them whose maps were parsed. Babel formats stacks of its
 * own when it loads a plugin.
 */
function run(
  files: Readonly<Record<string, string>>,
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): { readonly output: string; readonly parsed: readonly string[] } {
  const log = path.join(folder, 'parsed');
  fs.writeFileSync(log, '');
  const own = { 'package.json': '{ "babel": {} }', 'environment.js': ENVIRONMENT, 'jest.config.js': CONFIG };
  const { output } = runFiles(
    { ...own, ...files },
    { ...options, args, transforms: true, env: { PARSED: log } },
  );
  const parsed = fs.readFileSync(log, 'utf8').split('\n');
  return { output, parsed: parsed.filter(name => Object.hasOwn(files, name)) };
}

test.each(sizedTo(1, ['-i', '-w=2']))('a timeline has places without: %s', arg => {
  const gap = '\n\n';
  const file = `/* one
two */ const made = {
  of: 1 };${gap}
test('small', ({ own }) => {});${gap}
test.each([['row']])('%s', async (row, { own }) => {});${gap}
fixture('inFile', ({}) => 1);${gap}
test('takes long', ({ inFile }) => new Promise(resolve => setTimeout(resolve, 60)));${gap}
test('takes long without', () => new Promise(resolve => setTimeout(resolve, 60)));`;
  inFolder(folder => {
    const page = path.join(folder, 'page.html');
    const files = { 'setup.js': "fixture('own', ({}) => 1);", 'a.test.js': file, 'b.test.js': file };
    const { parsed } = run(files, folder, [arg, '--timeline', page], { loop: true });
    const rows = rowsOf(fs.readFileSync(page, 'utf8'));
    const places = only(rows, 'test').map(({ titles, at }) => `${at} ${titles}`);
    expect(places.sort()).toEqual(
      ['a', 'b'].flatMap(name => [
        `${name}.test.js:15 takes long`,
        `${name}.test.js:18 takes long without`,
        `${name}.test.js:6 small`,
        `${name}.test.js:9 row`,
      ]),
    );
    const inFile = only(rows, 'fixture').filter(({ name }) => name === 'inFile');
    expect(inFile.map(({ at }) => at).sort()).toEqual(['a.test.js:12', 'b.test.js:12']);
    expect(parsed).toEqual([]);
  });
});

fullTest('a worker gets a session fixture without, once that is up', () => {
  const tests = Array.from({ length: 8 }, (_, i) => [`${i}.test.js`, "test('uses', ({ session }) => {});"]);
  const setup = `
    fixture('base', { scope: 'session' }, async function* ({}) { yield 1; })
      .fixture('session', { scope: 'session' }, async function* ({ base }) { yield base + 1; });`;
  inFolder(folder => {
    const { output, parsed } = run({ 'setup.js': setup, ...Object.fromEntries(tests) }, folder, ['-w=2']);
    expect(output).toContain('Tests:       8 passed, 8 total');
    // Each worker may be the first to request it.
    expect([1, 2]).toContain(parsed.filter(name => name !== 'setup.js').length);
  });
});

import { spawnSync } from 'node:child_process';
import { ROOT } from './run-jest';

/* The entry points by their names, from CommonJS and ES modules; test/types/imports/entries.ts has their types. */

/** What each exports; the index without Jest has Loops, services and the proxy. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'jest-loop': ['Loop', 'TcpProxy', 'HttpServerService', 'test', 'fixture', 'mark', 'mergeTests'],
  'jest-loop/jest-preset': ['testEnvironment', 'runner', 'setupFilesAfterEnv'],
  'jest-loop/environment': ['TestEnvironment', 'withLoop'],
  'jest-loop/runner': ['default'],
  'jest-loop/global-setup': ['withSession'],
  'jest-loop/global-teardown': ['withSession'],
  'jest-loop/sequencer': [],
  'jest-loop/run': ['runJest', 'runAsMain'],
  'jest-loop/timeline': [],
  'jest-loop/eslint': ['rules', 'settings', 'languageOptions'],
  'jest-loop/globals': [],
  'jest-loop/dependency-extractor': ['extract', 'getCacheKey', 'withFixtureFiles'],
};
const CHECK = `const missing = Object.entries(${JSON.stringify(ENTRIES)}).flatMap(([entry, names]) =>
  names.filter(name => loaded[entry][name] === undefined).map(name => entry + ' lacks ' + name));
  console.log(JSON.stringify(missing));`;

const missing = (args: readonly string[]): unknown => {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

test('every entry can be required', () => {
  const load = `const loaded = {}; for (const entry of ${JSON.stringify(Object.keys(ENTRIES))}) loaded[entry] = require(entry);`;
  expect(missing(['--eval', `${load} ${CHECK}`])).toEqual([]);
});

test('every entry can be imported, its names too', () => {
  const load = `const loaded = {}; for (const entry of ${JSON.stringify(Object.keys(ENTRIES))}) loaded[entry] = await import(entry);`;
  const named = Object.entries(ENTRIES)
    .filter(([, names]) => names.length > 0)
    .map(
      ([entry, names], at) =>
        `import { ${names.map(name => `${name} as ${name}${at}`).join(', ')} } from '${entry}';`,
    );
  expect(missing(['--input-type=module', '--eval', `${named.join('\n')} ${load} ${CHECK}`])).toEqual([]);
});

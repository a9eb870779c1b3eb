import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { command, folder, names, read, useFolder, write } from './command';
import { ROOT } from './run-jest';

useFolder();

const versioned = (version: string): string => JSON.stringify({ name: 'typescript', version });

describe('--init', () => {
  const RUN = ['--ci', '--transform={}'];
  const GREETS =
    "test('greets', ({ greeting, visitors }) => { expect([greeting, visitors]).toEqual(['hello', []]); });";

  test('sets up an empty JavaScript project, and changes nothing the second time', () => {
    write({ 'package.json': '{ "name": "new" }\n', 'a.test.js': GREETS });
    const { code, out } = command(['--init'], folder);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^wrote +jest\.config\.js\nwrote +jest\.fixtures\.js\n\n.* greets\.test\.js,/),
    ]);
    expect(read('package.json')).toBe('{ "name": "new" }\n');
    const before = names().map(read);
    expect(command(['--init'], folder).out).toMatch(/^kept +jest\.config\.js\nkept +jest\.fixtures\.js\n/);
    expect(names().map(read)).toEqual(before);
    expect(command(RUN, folder).code).toBe(0);
  });

  fullTest('TypeScript, with the configuration in package.json', () => {
    const manifest = '{\n\t"jest": {\n\t\t"testTimeout": 1000\n\t}\n}\n';
    const typed = `import { expect, test } from 'jest-loop';\n${GREETS}`;
    write({ 'package.json': manifest, 'tsconfig.json': '{}', 'a.test.ts': typed });
    expect(command(['--init'], folder).out).toMatch(/^changed +package\.json\nwrote +jest\.fixtures\.ts\n/);
    expect(read('package.json')).toBe(
      manifest.replace('{\n\t\t"test', '{\n\t\t"preset": "jest-loop",\n\t\t"test'),
    );
    expect(names()).toEqual(['a.test.ts', 'jest.fixtures.ts', 'package.json', 'tsconfig.json']);
    expect(command(['--ci'], folder).code).toBe(0);
    // Its types hold.
    const tsc = path.join(ROOT, 'node_modules/typescript-7/bin/tsc');
    const flags = [
      '--ignoreConfig',
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'node16',
      '--target',
      'es2022',
      '--types',
      'node',
    ];
    const checked = spawnSync(process.execPath, [tsc, ...flags, 'a.test.ts', 'jest.fixtures.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(checked.stdout).toBe('');
  });

  fullTest('an ES module, and a configuration in TypeScript', () => {
    write({ 'package.json': '{ "type": "module" }', 'a.test.js': GREETS });
    expect(command(['--init'], folder).out).toMatch(
      /To write `import` .*\n {4}NODE_OPTIONS=--experimental-vm-modules npx jest\n$/,
    );
    expect(read('jest.config.js')).toContain("export default { preset: 'jest-loop' };");
    expect(command(RUN, folder).code).toBe(0);
    write({ 'a.test.js': `import { expect, test } from 'jest-loop';\n${GREETS}` });
    const asModule = { NODE_OPTIONS: '--experimental-vm-modules' };
    expect(command(RUN, folder, asModule).code).toBe(0);
    fs.rmSync(path.join(folder, 'jest.config.js'));
    write({
      'jest.config.ts':
        "import type { Config } from 'jest';\nconst config: Config = {};\nexport default config;\n",
    });
    expect(command(['--init'], folder).out).toMatch(/^changed +jest\.config\.ts\nkept +jest\.fixtures\.js\n/);
    expect(read('jest.config.ts')).toContain("const config: Config = { preset: 'jest-loop' };");
  });

  fullTest('from a folder of the project, with a rootDir', () => {
    const config = "export default {\n  rootDir: 'src',\n};\n";
    write({ 'package.json': '{}', 'jest.config.mjs': config, 'src/a.test.js': GREETS });
    const { out } = command(['--init'], path.join(folder, 'src'));
    expect(out).toMatch(/^changed +\.\.[\\/]jest\.config\.mjs\nwrote +jest\.fixtures\.js\n/);
    expect(read('jest.config.mjs')).toBe(config.replace('{\n', "{\n  preset: 'jest-loop',\n"));
    expect(command(RUN, folder).code).toBe(0);
  });

  test.each([
    ['jest.config.js', "module.exports = { testEnvironment: 'jsdom' };\n", 'withLoop'],
    ['jest.config.cjs', "module.exports = { ...require('./base') };\n", "preset: 'jest-loop',"],
    ['jest.config.json', '{ "preset": "ts-jest" }\n', "preset: 'jest-loop',"],
  ])('says what to do where it cannot change %s: %s', (name, text, line) => {
    write({ 'package.json': '{}', [name]: text });
    const { code, out } = command(['--init'], folder);
    expect([code, read(name)]).toEqual([0, text]);
    expect(out).toMatch(/^wrote +jest\.fixtures\.js\n\nTo do by hand:\n/);
    expect(out).toContain(`${name} stays as it is`);
    expect(out).toContain(line);
  });

  fullTest('says what to change where a testEnvironment replaces that of the preset', () => {
    const text = "module.exports = { preset: 'jest-loop', testEnvironment: 'node' };\n";
    write({ 'package.json': '{}', 'jest.config.js': text, 'a.test.js': GREETS });
    const { code, out } = command(['--init'], folder);
    expect([code, read('jest.config.js')]).toEqual([0, text]);
    expect(out).not.toContain('kept');
    const line = "testEnvironment: 'jest-loop/environment',";
    expect(out).toContain(`Put this line in its place:\n      ${line}\n`);
    expect(command(RUN, folder).code).toBe(1);
    write({ 'jest.config.js': text.replace("testEnvironment: 'node'", line) });
    expect(command(['--init'], folder).out).toMatch(/^kept +jest\.config\.js\n/);
    expect(command(RUN, folder).code).toBe(0);
  });

  test('says what the projects of a monorepo need, and writes nothing beside them', () => {
    const root = "module.exports = { preset: 'jest-loop', projects: ['packages/*'] };\n";
    const web = "module.exports = {\n  testEnvironment: 'node',\n};\n";
    write({
      'jest.config.js': root,
      'package.json': '{}',
      'packages/api/package.json': '{}',
      'packages/api/a.test.js': GREETS,
      'packages/web/jest.config.js': web,
    });
    const before = names();
    const { code, out } = command(['--init'], folder);
    expect({ code, out: out.replaceAll('\\', '/') }).toEqual({
      code: 0,
      out: `
To do by hand:
  jest.config.js stays as it is: it has projects, so a preset in it has no effect. Add this line to packages/api/jest.config.js:
      preset: 'jest-loop',
  jest.config.js stays as it is: it has projects, so a preset in it has no effect. In packages/web/jest.config.js, its testEnvironment would replace that of jest-loop. Put this line in its place:
      preset: 'jest-loop',
  For the preset and a first jest.fixtures file of a project, run:
      npx jest-loop --init --config packages/api
`,
    });
    expect([names(), read('jest.config.js')]).toEqual([before, root]);
    // The command and a run name them, too.
    const show = command(['--setup-show', ...RUN], folder);
    expect(show.code).toBe(1);
    expect(show.err.replaceAll('\\', '/')).toContain(
      'has projects, none of which uses jest-loop.\n  A preset has no effect beside `projects`: each project needs its own.\n  To fix: add the first line to packages/api/jest.config.js and to packages/web/jest.config.js, or',
    );
    // What it says works.
    command(['--init', '--config', 'packages/api'], folder);
    write({ 'packages/web/jest.config.js': web.replace(/testEnv.*/, "preset: 'jest-loop',") });
    expect(command(['--setup-show', ...RUN], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('greets (uses greeting, visitors) passed'),
    });
    expect(command(['--init'], folder).out).toMatch(
      /^kept +jest\.config\.js\n\nTo do by hand:\n {2}For the .*\n.* --config packages.web\n$/,
    );
  });

  describe('names what is left to do', () => {
    let outside: string;
    beforeEach(() => {
      outside = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-init-')));
    });
    afterEach(() => fs.rmSync(outside, { recursive: true, force: true }));

    const TS_JEST = 'npm install --save-dev ts-jest';
    const SWC = 'npm install --save-dev @swc/core @swc/jest';
    const manifest = (range?: string): string =>
      JSON.stringify({ jest: {}, ...(range !== undefined && { devDependencies: { typescript: range } }) });

    /** What the range in `package.json` and the installed version make of it. */
    const CASES: readonly [range: string | undefined, installed: string | undefined, line: string][] = [
      [undefined, undefined, `${TS_JEST} typescript@6`],
      ['5', undefined, TS_JEST],
      ['^7.0.2', undefined, SWC],
      ['^5.0.0', '5.9.3', TS_JEST],
      ['>=5', '6.0.3', TS_JEST],
      ['>=5', '7.0.2', SWC],
      ['latest', undefined, SWC],
    ];

    test.each(sizedTo(2, CASES))('TypeScript %s, %s installed: %s', (range, installed, line) => {
      write({ 'package.json': manifest(range), 'tsconfig.json': '{}' }, outside);
      if (installed !== undefined)
        write({ 'node_modules/typescript/package.json': versioned(installed) }, outside);
      const { out } = command(['--init'], outside);
      expect(out).toContain(`    ${line}\n`);
      expect(out.includes('"transform": { "\\\\.[jt]sx?$": "@swc/jest" },\n')).toBe(line === SWC);
    });

    fullTest('TypeScript 7 beside a ts-jest that does not support it', () => {
      const packages = { 'ts-jest/index.js': '', 'typescript/package.json': versioned('7.0.2') };
      for (const [name, text] of Object.entries(packages)) write({ [`node_modules/${name}`]: text }, outside);
      write({ 'package.json': '{}', 'tsconfig.json': '{}' }, outside);
      const { out } = command(['--init'], outside);
      expect(out).toContain(`${SWC}\n`);
      // It has written the configuration itself.
      expect(out).not.toContain('transform');
      const config = path.join(outside, 'jest.config.js');
      expect(fs.readFileSync(config, 'utf8')).toContain("transform: { '\\\\.[jt]sx?$': '@swc/jest' },\n");
      const swc = { 'node_modules/@swc/core/index.js': '', 'node_modules/@swc/jest/index.js': '' };
      write(swc, outside);
      expect(command(['--init'], outside).out).not.toContain('To do by hand');
      fs.writeFileSync(config, "module.exports = { preset: 'jest-loop' };\n");
      expect(command(['--init'], outside).out).toMatch(/Add this line.*\n +transform: .*@swc\/jest/);
      write({ 'node_modules/typescript/package.json': versioned('6.0.3') }, outside);
      expect(command(['--init'], outside).out).not.toContain('npm install');
    });

    test('several configurations', () => {
      write({ 'package.json': '{}', 'jest.config.js': '', 'jest.config.cjs': '' }, outside);
      const { out } = command(['--init'], outside);
      expect(out).toContain('here are 2: jest.config.js, jest.config.cjs');
      expect(fs.readFileSync(path.join(outside, 'jest.config.js'), 'utf8')).toBe('');
    });
  });

  test('wants a configuration in a file', () => {
    for (const config of ['{}', 'none.js'])
      expect(command(['--init', '--config', config], folder)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^--init adds to the file of a configuration, and --config names none: /),
      });
    expect(names()).toEqual([]);
    write({ 'sub/jest.config.js': 'module.exports = {};' });
    expect(command(['--init', '--config', 'sub'], folder)).toMatchObject({ code: 0 });
    expect(read('sub/jest.config.js')).toContain("preset: 'jest-loop'");
  });

  test('runs no tests', () => {
    expect(command(['--init', '--watch', '--loop-debug'], folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining('--init runs no tests, but was given --loop-debug --watch.'),
    });
    expect(names()).toEqual([]);
  });
});

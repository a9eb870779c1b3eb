import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from './run-jest';

/*
 * The hook that keeps modules, in Node without Jest. It is for versions without a compile cache of their own, but the
 * test runs on all that could have it.
 */

const KEEP = path.join(ROOT, 'node_modules/jest-loop/build/jest/process/compiled/keep-modules.js');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-modules-')));
const kept = path.join(folder, 'kept');
const modules = path.join(folder, 'node_modules/pack');

beforeEach(() => {
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
  writeModule('package.json', '{}');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function writeModule(name: string, text: string): string {
  const file = path.join(modules, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

/** Runs code in a process that keeps modules, or in a plain one. Gives what it prints. */
function run(code: string, { keep = true, before = '' } = {}): string {
  const main = path.join(folder, 'main.js');
  const hook = keep ? `${before} require(${JSON.stringify(KEEP)}).keepModules(${JSON.stringify(kept)});` : '';
  // In its last line, so that stacks do not differ.
  fs.writeFileSync(main, `const run = async () => {\n${code}\n};\n${hook} run();`);
  return execFileSync(process.execPath, [main], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '1' },
  });
}

/** What stands in the file. */
const written = (): Buffer | undefined => (fs.existsSync(kept) ? fs.readFileSync(kept) : undefined);

describe('modules of packages', () => {
  test('behave as without, when they are compiled, and when their code is kept', () => {
    writeModule(
      'index.js',
      `exports.early = require('./cycle').seen; const [first] = new Error('here').stack.split('\\n    at ').slice(1); exports.first = first;
      exports.ownThis = this === exports && this === module.exports && arguments.length === 5;
      exports.names = [__filename, __dirname, module.id, module.filename, module.paths[0]];
      exports.main = require.main.filename;
      exports.resolved = [require.resolve('./cycle'), require.resolve.paths('x')[0], require('node:path') === require('path')];
      exports.children = module.children.map(each => each.id);
      exports.cached = require.cache[__filename] === module;
      exports.own = Reflect.ownKeys(module).map(String).sort();
      exports.json = require('./data.json');
      exports.named = function named() { return 1; } + '';
      exports.sloppy = (function () { return this === globalThis; })();
      exports.fails = () => {
        throw new Error('later');
      };
      exports.esm = require('./esm').esm;
      exports.bad = () => require('./bad');
      exports.shell = () => require('./shell');`,
    );
    writeModule('cycle.js', `const whole = require('./index'); exports.seen = Object.keys(whole);`);
    writeModule('data.json', '{ "is": "data" }');
    writeModule('esm.js', `exports.esm = () => import('./esm.mjs');`);
    writeModule('esm.mjs', `export { default } from './cjs.cjs';`);
    writeModule('cjs.cjs', 'module.exports = __filename;');
    writeModule('bad.js', '\n  const = 3;');
    writeModule(
      'shell.js',
      '#!/usr/bin/env node\nmodule.exports = new Error("shell").stack.split("\\n")[1];',
    );
    writeModule(
      'strict.js',
      `'use strict'; module.exports = (function () { return this === undefined; })();`,
    );
    const code = `
      const { fails, esm, bad, shell, ...rest } = require('pack');
      const caught = fn => { try { fn(); } catch (error) { return error.stack; } };
      console.log(JSON.stringify({
        ...rest, strict: require('pack/strict'), imported: (await esm()).default,
        at: caught(fails).split('\\n')[1], bad: caught(bad).split('\\n').slice(0, 6), shell: shell(),
      }, null, 1));`;
    const plain = run(code, { keep: false });
    expect(JSON.parse(plain)).toMatchObject({
      ownThis: true,
      strict: true,
      imported: path.join(modules, 'cjs.cjs'),
    });
    expect(run(code)).toBe(plain);
    const first = written();
    expect(first).toBeDefined();
    expect(run(code)).toBe(plain);
    expect(written()).toEqual(first);
  });

  test('are kept with the functions that ran, and read from there', () => {
    const file = writeModule('index.js', 'exports.text = () => "one";');
    run(`console.log(require('pack').text());`);
    const text = written()!.toString('latin1');
    expect(text).toContain(file);
    expect(text).toContain('one');
    expect(run(`console.log(require('pack').text());`)).toBe('one\n');
  });

  test.each([
    ['import()', `module.exports = () => import('./value.mjs');`],
    ['import() after a blank and a comment', `module.exports = () => import /* it */\n('./value.mjs');`],
    [
      'import() in a template',
      `const all = []; module.exports = () => (\`\${all.push(import('./value.mjs'))}\`, all[0]);`,
    ],
    [
      'code made by Function',
      `module.exports = new Function("return import('${path.join(modules, 'value.mjs')}')");`,
    ],
    [
      'eval by an optional call',
      `module.exports = () => eval?.("import('${path.join(modules, 'value.mjs')}')");`,
    ],
    ['eval', `module.exports = () => (0, eval)("import('${path.join(modules, 'value.mjs')}')");`],
  ])('are left to Node where they use %s, which it refuses to kept code', (_, text) => {
    writeModule('value.mjs', 'export const value = "imported";');
    writeModule('index.js', text);
    const code = `console.log((await require('pack')()).value);`;
    expect([run(code, { keep: false }), run(code), run(code)]).toEqual(Array(3).fill('imported\n'));
    expect(written()).toBeUndefined();
  });

  test('are kept where they only speak of import()', () => {
    writeModule(
      'index.js',
      '// import() it\n/* by eval() */ module.exports = ["import(a)", `Function()`, \'import ("b")\', /x/];',
    );
    run(`require('pack');`);
    expect(written()!.includes('pack/index.js')).toBe(true);
  });

  test('are compiled anew when they have changed, though the text is as long', () => {
    writeModule('index.js', 'module.exports = "one";');
    run(`require('pack');`);
    writeModule('index.js', 'module.exports = "two";');
    const code = `console.log(require('pack'));`;
    expect([run(code), run(code)]).toEqual(['two\n', 'two\n']);
  });

  test('add up over runs that load different ones; those that are gone go', () => {
    const [a, b] = ['a', 'b'].map(name => writeModule(`${name}.js`, `module.exports = '${name}';`)) as [
      string,
      string,
    ];
    run(`require('pack/a');`);
    run(`require('pack/b');`);
    expect(['pack/a.js', 'pack/b.js'].map(name => written()!.includes(name))).toEqual([true, true]);
    fs.rmSync(a);
    writeModule('b.js', 'module.exports = "changed";');
    run(`require('pack/b');`);
    expect([a, b].map(name => written()!.includes(name))).toEqual([false, true]);
  });

  test('have a file of their own where they are large', () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `exports.f${i} = () => ${i};`);
    writeModule('index.js', lines.join('\n'));
    const code = `console.log(require('pack').f39999());`;
    expect(run(code)).toBe('39999\n');
    const sizes = (): number[] =>
      fs
        .readdirSync(folder)
        .filter(name => name.startsWith('kept'))
        .map(name => fs.statSync(path.join(folder, name)).size);
    expect(sizes()).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(...sizes())).toBeLessThan(100_000);
    expect(Math.max(...sizes())).toBeGreaterThan(1_000_000);
    const before = written();
    expect(run(code)).toBe('39999\n');
    expect(written()).toEqual(before);
  });

  test('are compiled as always where the file is damaged, or cannot be written', () => {
    writeModule('index.js', 'module.exports = "one";');
    const code = `console.log(require('pack'));`;
    run(code);
    const whole = written()!;
    for (const damaged of [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(whole.length),
      Buffer.from('x'),
    ]) {
      fs.writeFileSync(kept, damaged);
      expect(run(code)).toBe('one\n');
      expect(written()!.length).toBe(whole.length);
    }
    fs.rmSync(kept);
    fs.mkdirSync(path.join(kept, 'taken'), { recursive: true });
    expect(run(code)).toBe('one\n');
    expect(fs.readdirSync(folder)).not.toContainEqual(expect.stringMatching(/^kept\./));
  });

  test('are compiled where the file is of another user, and written to one of their own', () => {
    writeModule('index.js', 'module.exports = "one";');
    const code = `console.log(require('pack'));`;
    run(code);
    const { ino } = fs.statSync(kept);
    expect(run(code)).toBe('one\n');
    expect(fs.statSync(kept).ino).toBe(ino);
    expect(run(code, { before: 'if (process.getuid) process.getuid = () => 54321;' })).toBe('one\n');
    if (process.getuid !== undefined) expect(fs.statSync(kept).ino).not.toBe(ino);
  });

  test('of the project itself are not kept', () => {
    fs.writeFileSync(path.join(folder, 'own.js'), 'module.exports = "own";');
    expect(run(`console.log(require('./own'));`)).toBe('own\n');
    expect(written()).toBeUndefined();
  });
});

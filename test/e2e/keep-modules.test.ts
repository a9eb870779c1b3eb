import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v8 from 'node:v8';
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

/** Whether the code of a module stands in the file; only its name does where it is left to Node. */
function isKept(name: string): boolean {
  const bytes = written();
  if (bytes === undefined) return false;
  const all = v8.deserialize(bytes.subarray(24)) as [string, string, Buffer | null | undefined][];
  return Buffer.isBuffer(all.find(([filename]) => filename === path.join(modules, name))?.[2]);
}

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
    // It would be written anew if anything was compiled.
    const { ino } = fs.statSync(kept);
    expect(run(`console.log(require('pack').text());`)).toBe('one\n');
    expect(fs.statSync(kept).ino).toBe(ino);
  });

  test.each([
    ['import()', `module.exports = () => import('./value.mjs');`],
    ['import() after a blank and a comment', `module.exports = () => import /* it */\n('./value.mjs');`],
    [
      'import() in a template',
      `const all = []; module.exports = () => (\`\${all.push(import('./value.mjs'))}\`, all[0]);`,
    ],
    ['code made by Function', `module.exports = new Function(TEXT);`],
    ['Function in brackets', `module.exports = new (Function)(TEXT);`],
    ['Function by another name', `const F = Function; module.exports = F(TEXT);`],
    ['Function by apply', `module.exports = Function.apply(null, [TEXT]);`],
    ['Function of the global object', `module.exports = globalThis.Function(TEXT);`],
    ['Function of its prototype', `module.exports = Function.prototype.constructor(TEXT);`],
    ['Function of a function', `module.exports = (() => {}).constructor(TEXT);`],
    ['Function of a function in brackets', `module.exports = (() => 0)['constructor'](TEXT);`],
    [
      'AsyncFunction',
      `const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor; module.exports = new AsyncFunction(TEXT);`,
    ],
    ['eval by an optional call', `module.exports = () => eval?.(CALL);`],
    ['eval', `module.exports = () => (0, eval)(CALL);`],
    ['eval by another name', `const evaluate = eval; module.exports = () => evaluate(CALL);`],
    ['eval of the global object', `module.exports = () => globalThis['eval'](CALL);`],
  ])('are left to Node where they use %s, which it refuses to kept code', (_, text) => {
    const value = writeModule('value.mjs', 'export const value = "imported";');
    // The text is made in another module: this one shows nothing of it.
    const call = `import(${JSON.stringify(pathToFileURL(value).href)})`;
    writeModule(
      'texts.js',
      `exports.CALL = ${JSON.stringify(call)}; exports.TEXT = 'return ' + exports.CALL;`,
    );
    writeModule('index.js', `const { CALL, TEXT } = require('./texts'); ${text}`);
    const code = `console.log((await require('pack')()).value);`;
    expect([run(code, { keep: false }), run(code), run(code)]).toEqual(Array(3).fill('imported\n'));
    expect(isKept('index.js')).toBe(false);
  });

  test.each([
    '// import() it\n/* by eval() */ module.exports = ["import(a)", `Function()`, \'import ("b")\', /eval/];',
    'module.exports = fn => fn instanceof Function && Function.prototype.toString.call(fn);',
    'module.exports = class A { constructor() { this.kind = new this.constructor.Kind(new.target.constructor); } };',
  ])('are kept where they only mention such words: %s', text => {
    writeModule('index.js', text);
    run(`require('pack');`);
    expect(isKept('index.js')).toBe(true);
  });

  test('are compiled anew when they have changed, though the text is as long', () => {
    writeModule('index.js', 'module.exports = "one";');
    run(`require('pack');`);
    writeModule('index.js', 'module.exports = "two";');
    const code = `console.log(require('pack'));`;
    expect([run(code), run(code)]).toEqual(['two\n', 'two\n']);
  });

  test('add up over runs that load different ones; those that are gone go', () => {
    const a = writeModule('a.js', `module.exports = 'a';`);
    writeModule('b.js', `module.exports = 'b';`);
    run(`require('pack/a');`);
    run(`require('pack/b');`);
    expect(['a.js', 'b.js'].map(isKept)).toEqual([true, true]);
    fs.rmSync(a);
    writeModule('b.js', 'module.exports = "changed";');
    run(`require('pack/b');`);
    expect(['a.js', 'b.js'].map(isKept)).toEqual([false, true]);
  });

  test('go where they are many, unless they were used last', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `exports.f${i} = () => ${i};`).join('\n');
    const names = Array.from({ length: 30 }, (_, i) => `m${i}.js`);
    for (const name of names) writeModule(name, lines);
    run(names.map(name => `require('pack/${name}');`).join(' '));
    expect(written()!.length).toBeGreaterThan(4 * 1024 * 1024);
    writeModule('more.js', 'module.exports = "more";');
    run(`require('pack/m0'); require('pack/more');`);
    expect(['m0.js', 'm1.js', 'more.js'].map(isKept)).toEqual([true, false, true]);
  });

  test('have a file of their own where they are large', () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `exports.f${i} = () => ${i};`).join('\n');
    writeModule('index.js', lines);
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
    // One that has changed takes the place of the other.
    writeModule('index.js', `${lines}// changed`);
    expect(run(code)).toBe('39999\n');
    expect(sizes()).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test('are compiled as usual where the file is damaged, or cannot be written', () => {
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

  test('are compiled where the file is whole, but not one of ours', () => {
    writeModule('index.js', 'module.exports = "one";');
    const code = `console.log(require('pack'));`;
    for (const other of ['v8.serialize({ of: "another version" })', 'Buffer.from("text")']) {
      const sha1 = `require('node:crypto').createHash('sha1').update(code).digest()`;
      run(`const v8 = require('node:v8'); const code = ${other};
        require('node:fs').writeFileSync(${JSON.stringify(kept)}, Buffer.concat([${sha1}, Buffer.alloc(4), code]));`);
      expect(run(code)).toBe('one\n');
      expect(isKept('index.js')).toBe(true);
    }
  });

  test('are left alone where something else instruments them', () => {
    writeModule('index.js', 'module.exports = "text";');
    const instrument = `
      const { prototype } = require('node:module');
      const compile = prototype._compile;
      prototype._compile = function (source, ...rest) {
        return compile.call(this, source.replace('"text"', '"instrumented"'), ...rest);
      };`;
    const code = `console.log(require('pack'));`;
    expect([1, 2].map(() => run(code, { before: instrument }))).toEqual(Array(2).fill('instrumented\n'));
    expect(written()).toBeUndefined();
  });

  test('are not written through a link that somebody else has put in the way', () => {
    writeModule('index.js', 'module.exports = "one";');
    const target = path.join(folder, 'target');
    fs.writeFileSync(target, 'precious');
    run(`require('node:fs').symlinkSync(${JSON.stringify(target)}, ${JSON.stringify(kept)} + '.' + process.pid);
      require('pack');`);
    expect(fs.readFileSync(target, 'utf8')).toBe('precious');
  });
});

test('modules of the project itself are not kept', () => {
  fs.writeFileSync(path.join(folder, 'own.js'), 'module.exports = "own";');
  expect(run(`console.log(require('./own'));`)).toBe('own\n');
  expect(written()).toBeUndefined();
});

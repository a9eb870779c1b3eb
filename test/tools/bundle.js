'use strict';

/*
 * Fills `build` with what an entry of the package reaches, and with nothing else. Each entry becomes one file, since
 * loading many small files takes longer than running what is in them. What the source loads by `require('./…')` is
 * loaded when it is needed: such a module becomes an entry of its own.
 */
const fs = require('node:fs');
const path = require('node:path');
const acorn = require('acorn');
const esbuild = require('esbuild');
const { bin = {}, exports: published } = require('../../package.json');

const root = path.resolve(__dirname, '../..');
const src = path.join(root, 'src');
const build = path.join(root, 'build');

/** Loaded by a path that is put together at run time. */
const BY_PATH = [
  'entries/engine.js',
  'entries/loop-core.js',
  'entries/network.js',
  'entries/observe.js',
  'entries/preset.js',
  'entries/realm.js',
  'entries/services.js',
  'entries/typescript-transform.js',
  'entries/worker-preload.js',
  'loop/executor/pool-worker.js',
];

/** Loaded by `src/jest/process/compiled/load-code.ts` alone, which finds a function in them. */
const AS_FUNCTIONS = ['entries/engine.js', 'entries/loop-core.js', 'entries/observe.js', 'entries/realm.js'];

/** In esbuild's helper for exports, which would take what a test has added to `Object.prototype` for one. */
const EXPORTS = /for \(var name in (\w+)\)(?=\s+__defProp\()/;

/**
 * A loader of ES modules, such as Yarn's for Plug'n'Play, may give CommonJS modules a `require` without a cache, which
 * passes by what else is known of modules.
 * https://nodejs.org/docs/latest-v22.x/api/module.html#caveat-in-the-asynchronous-load-hook
 */
const REAL_REQUIRE = 'if (!require.cache) require = require("node:module").createRequire(__filename);';

const SYNTAX = { ecmaVersion: 'latest', allowReturnOutsideFunction: true };

const targets = [...Object.values(published), ...Object.values(bin)]
  .flatMap(target => (typeof target === 'string' ? [target] : Object.values(target)))
  .filter(file => file.startsWith('./build/'))
  .map(file => file.slice('./build/'.length));

main();

async function main() {
  // The set grows while it is walked.
  const entries = new Set([...targets.filter(file => file.endsWith('.js')), ...BY_PATH]);
  for (const entry of entries) for (const found of await bundle(entry)) entries.add(found);
  await bundlePage();
  reexport(path.join(build, 'index.d.ts'));
  // `jest-preset.d.ts` imports the second, `writeGlobals` refers to the third.
  removeDeclarations([
    ...targets.filter(file => file.endsWith('.d.ts')),
    'entries/preset.d.ts',
    'globals-alone.d.ts',
  ]);
  writeGlobals();
}

/** Bundles `src/<name>.ts` as `build/<name>.js`. Gives the entries that it loads by `require`. */
async function bundle(entry) {
  const required = [];
  const source = path.join(src, entry.replace(/\.js$/, '.ts'));
  // What tells Node the names that `export =` exports is dead code, which a bundle drops.
  const [names = ''] = /^0 && \(module\.exports = .*$/m.exec(fs.readFileSync(source, 'utf8')) ?? [];
  await esbuild.build({
    entryPoints: [source],
    footer: { js: names },
    outfile: path.join(build, entry),
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // `sideEffects` of package.json speaks of what is built: modules that capture a realm's functions are imported for that.
    ignoreAnnotations: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'entries-by-require',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\// }, ({ path: name, kind, resolveDir }) => {
            if (kind !== 'require-call') return undefined;
            const file = path.resolve(resolveDir, name);
            const module = fs.existsSync(`${file}.ts`) ? file : path.join(file, 'index');
            const found = path.relative(src, `${module}.js`);
            required.push(found.replaceAll('\\', '/'));
            const relative = path.relative(path.dirname(entry), found).replaceAll('\\', '/');
            return { path: relative.startsWith('.') ? relative : `./${relative}`, external: true };
          });
        },
      },
    ],
  });
  // What is compiled for many processes is read as ASCII. Of all text esbuild leaves comments of class members as they are.
  const file = path.join(build, entry);
  const text = fs
    .readFileSync(file, 'utf8')
    .replace(/^\s*(\/\*|\*|\/\/).*$/gm, line => line.replace(/[^\0-\x7f]/g, '?'))
    .replace('"use strict";\n', line => `${line}${REAL_REQUIRE}\n`)
    .replace(EXPORTS, (_, names) => `for (var name in ${names}) if ({}.hasOwnProperty.call(${names}, name))`);
  if (/[^\0-\x7f]/.test(text)) throw new Error(`${entry} is not ASCII`);
  fs.writeFileSync(file, AS_FUNCTIONS.includes(entry) ? asFunction(compact(text)) : text);
  return required;
}

/** A CommonJS module as the function that Node makes of it. */
function asFunction(text) {
  return `(function (exports, require, module, __filename, __dirname) {${text}\n})\n`;
}

/**
 * Without comments and indentation, as each process reads it. Statements keep their lines, and files their names, so that
 * stacks can be read.
 */
function compact(text) {
  const comments = [];
  const onComment = (isBlock, comment, start, end) => {
    if (isBlock || !comment.startsWith(' src/')) comments.push([start, end]);
  };
  acorn.parse(text, { ...SYNTAX, onComment });
  let bare = '';
  let last = 0;
  for (const [start, end] of comments) {
    bare += text.slice(last, start);
    last = end;
  }
  bare += text.slice(last);
  const templates = [];
  const onToken = ({ type, start, end }) => type === acorn.tokTypes.template && templates.push([start, end]);
  acorn.parse(bare, { ...SYNTAX, onToken });
  let at = 0;
  const lines = [];
  for (const line of bare.split('\n')) {
    const begin = at;
    const inTemplate = templates.some(([start, end]) => start < begin && begin <= end);
    const kept = inTemplate ? line : line.trimStart();
    if (inTemplate || kept !== '') lines.push(kept);
    at += line.length + 1;
  }
  return lines.join('\n');
}

/** What the page of a timeline runs in a browser, and its style. */
async function bundlePage() {
  const client = path.join(src, 'observe/page/client');
  await esbuild.build({
    entryPoints: { timeline: path.join(client, 'main.ts'), 'timeline-style': path.join(client, 'style.css') },
    outdir: path.join(build, 'page'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  });
}

/**
 * Turns what is declared as `const Loop: typeof core.Loop`, since its value is looked up in the test file, into an export
 * of that class. Else the declarations of users that export a Loop cannot name its type: error TS2742.
 */
function reexport(file) {
  const text = fs.readFileSync(file, 'utf8');
  const modules = new Map(
    [...text.matchAll(/^import type \* as (\w+) from '(\.[^']+)';\n/gm)].map(([, name, from]) => [
      name,
      from,
    ]),
  );
  const alias =
    /^export declare const (\w+): typeof (\w+)\.\1;\n(?:export type \1(?:<[^\n]*>)? = \2\.\1(?:<\w+>)?;\n)?/gm;
  const changed = text.replace(alias, (whole, name, module) =>
    modules.has(module) ? `export { ${name} } from '${modules.get(module)}';\n` : whole,
  );
  fs.writeFileSync(file, changed);
}

/** Removes declarations that those of the entries do not import. */
function removeDeclarations(entries) {
  const reached = new Set(entries.map(file => path.join(build, file)));
  for (const file of reached) {
    // Not the examples in docstrings.
    const text = fs.readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, , name] of text.matchAll(/(from|import\(|require\(|import|path=)\s*["'](\.[^"']*)["']/g)) {
      const base = path.resolve(path.dirname(file), name.replace(/(\.d)?\.[jt]s$/, ''));
      const found = [`${base}.d.ts`, path.join(base, 'index.d.ts')].find(each => fs.existsSync(each));
      if (found === undefined) throw new Error(`${file} imports ${name}, which is not there`);
      reached.add(found);
    }
  }
  for (const name of fs.readdirSync(build, { recursive: true })) {
    const file = path.join(build, name);
    if (name.endsWith('.d.ts') && !reached.has(file)) fs.rmSync(file);
  }
  for (const name of fs.readdirSync(build, { recursive: true }).reverse()) {
    const folder = path.join(build, name);
    if (fs.statSync(folder).isDirectory() && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  }
}

/**
 * `jest-loop/globals` works beside `@types/jest` and instead of it. TypeScript looks for the types that it refers to, those
 * of `jest`, among the project's `@types` first and then in `node_modules` upwards from the file: where the project has
 * none, what is found first is the folder made here.
 */
function writeGlobals() {
  const file = path.join(build, 'globals.d.ts');
  fs.writeFileSync(
    file,
    `/// <reference types="node" />\n/// <reference types="jest" />\n${fs.readFileSync(file, 'utf8')}`,
  );
  const alone = path.join(build, 'node_modules/jest');
  fs.mkdirSync(alone, { recursive: true });
  fs.writeFileSync(path.join(alone, 'index.d.ts'), '/// <reference path="../../globals-alone.d.ts" />\n');
}

import { join } from 'node:path';
import * as babel from '@babel/core';
import * as swc from '@swc/core';
import * as esbuild from 'esbuild';
import * as ts from 'typescript';
import { sized } from '../../sizes';

/** A compiler with the options that matter to what a function looks like afterwards. */
export interface CompilerCase {
  readonly name: string;
  readonly compile: (source: string) => string;
  /** What it moves into a closure, behind a shell that shows no names. */
  readonly shells?: 'async' | 'async generators';
}

function typescript(
  target: keyof typeof ts.ScriptTarget,
  options: ts.CompilerOptions = {},
): CompilerCase['compile'] {
  const compilerOptions = { target: ts.ScriptTarget[target], module: ts.ModuleKind.CommonJS, ...options };
  return source => ts.transpileModule(source, { compilerOptions }).outputText;
}

function swcTo(target: swc.JscTarget): CompilerCase['compile'] {
  const parser = { syntax: 'typescript' } as const;
  return source => swc.transformSync(source, { jsc: { target, parser }, module: { type: 'commonjs' } }).code;
}

/** What SWC makes of code for browsers, where its targets name no ECMAScript version. */
function swcFor(targets: object): CompilerCase['compile'] {
  const parser = { syntax: 'typescript' } as const;
  return source =>
    swc.transformSync(source, { env: { targets }, jsc: { parser }, module: { type: 'commonjs' } }).code;
}

function presetEnv(options: object): CompilerCase['compile'] {
  return source =>
    babel.transformSync(source, {
      configFile: false,
      babelrc: false,
      sourceType: 'script',
      presets: [['@babel/preset-env', options]],
    })!.code!;
}

/** What Jest's default coverage provider does to code that is compiled already. */
export function instrument(source: string): string {
  return babel.transformSync(source, {
    configFile: false,
    babelrc: false,
    compact: false,
    sourceType: 'script',
    filename: join(__dirname, 'compiled.js'),
    // Else tests count as not worth instrumenting.
    plugins: [['babel-plugin-istanbul', { cwd: __dirname, exclude: [] }]],
  })!.code!;
}

function esbuildTo(target: string, options: esbuild.TransformOptions = {}): CompilerCase['compile'] {
  return source => esbuild.transformSync(source, { target, ...options }).code;
}

const written: CompilerCase[] = [
  { name: 'TypeScript to ES2022', compile: typescript('ES2022') },
  { name: 'TypeScript to ES2018', compile: typescript('ES2018') },
  { name: 'TypeScript to ES2017', compile: typescript('ES2017') },
  { name: 'TypeScript to ES2016', compile: typescript('ES2016') },
  { name: 'TypeScript to ES2015', compile: typescript('ES2015') },
  {
    name: 'TypeScript to ES2015 with importHelpers',
    compile: source => typescript('ES2015', { importHelpers: true })(`export {};${source}`),
  },
  { name: 'esbuild to es2022', compile: esbuildTo('es2022') },
  { name: 'esbuild to es2017', compile: esbuildTo('es2017') },
  { name: 'esbuild to es2016', compile: esbuildTo('es2016') },
  { name: 'esbuild to es2016 with names kept', compile: esbuildTo('es2016', { keepNames: true }) },
  { name: 'esbuild to es2015', compile: esbuildTo('es2015') },
  { name: 'esbuild to es2022, minified', compile: esbuildTo('es2022', { minify: true }) },
  {
    name: 'esbuild to es2016 with object rest, minified',
    // Taken apart and minified, a nested rest looks like code that someone wrote.
    compile: esbuildTo('es2016', { minify: true, supported: { 'object-rest-spread': true } }),
  },
  { name: 'SWC to es2022', compile: swcTo('es2022') },
  { name: 'SWC to es2017', compile: swcTo('es2017') },
  { name: 'SWC to es2015', compile: swcTo('es2015') },
  // Its defaults have a bug before 16.3, so patterns leave the list of parameters.
  { name: 'SWC for Safari 15', compile: swcFor({ safari: '15' }) },
  { name: 'Babel for Safari 15', compile: presetEnv({ targets: { safari: '15' } }) },
  { name: 'Babel for the current Node', compile: presetEnv({ targets: { node: 'current' } }) },
  { name: 'Babel for Node 8', compile: presetEnv({ targets: { node: '8' } }), shells: 'async generators' },
  { name: 'Babel for Node 6', compile: presetEnv({ targets: { node: '6' } }), shells: 'async' },
];

const toEs5: CompilerCase[] = [
  { name: 'TypeScript to ES5', compile: typescript('ES5') },
  {
    name: 'TypeScript to ES5 with downlevelIteration',
    compile: typescript('ES5', { downlevelIteration: true }),
  },
  { name: 'SWC to es5', compile: swcTo('es5') },
  { name: 'SWC for Chrome 50', compile: swcFor({ chrome: '50' }) },
  { name: 'Babel without targets', compile: presetEnv({}), shells: 'async' },
];

const instrumented = new Set([
  'TypeScript to ES2022',
  'TypeScript to ES2015',
  'TypeScript to ES5',
  'esbuild to es2016',
  'SWC to es2015',
  'SWC to es5',
  'SWC for Safari 15',
  'Babel for Node 6',
  'Babel without targets',
]);

function withInstrumented(compiler: CompilerCase): CompilerCase[] {
  if (!instrumented.has(compiler.name)) return [compiler];
  const compile = (source: string) => instrument(compiler.compile(source));
  return [compiler, { ...compiler, name: `${compiler.name}, then Istanbul`, compile }];
}

/** One of each compiler's ways to write a function. */
const MAIN = new Set([
  'TypeScript to ES2022',
  'TypeScript to ES2015 with importHelpers',
  'esbuild to es2016',
  'esbuild to es2022, minified',
  'SWC to es2015',
  'SWC for Safari 15',
  'SWC for Chrome 50',
  'Babel for Node 6',
  'Babel without targets',
]);
const select = (all: readonly CompilerCase[]): readonly CompilerCase[] =>
  sized(
    all.filter(({ name }) => MAIN.has(name)),
    all.flatMap(withInstrumented),
  );

/** Every compiler and target with readable names, some again with Istanbul on top. */
export const compilers = select(written);

/** Those that take every pattern apart. */
export const es5Compilers = select(toEs5);

import { type CompilerCase, compilers, es5Compilers, instrument } from './compilers';
import { compileAll, read } from './support';

interface Row {
  readonly source: string;
  readonly expected: string;
  readonly index?: number;
  /** What Babel may put behind a shell; methods keep their parameters in sight. */
  readonly shell?: 'async' | 'async generator';
  /** It has a default, so the function's length does not count it, and a shell has no parameter for it. */
  readonly uncounted?: true;
  /** A rest, for which Babel takes patterns apart as in ES5 where the target has no patterns of its own. */
  readonly rest?: true;
  /** A list of all arguments: code without it reads `arguments`, and asks for no names either. */
  readonly list?: true;
}

const rows: Row[] = [
  { source: 'out = async ({ a, b }, use) => { await use(a + b) }', expected: 'names a b', shell: 'async' },
  {
    source: 'out = async ({ a, b: x = 1 }, use) => { await use(a) }',
    expected: 'names a b?',
    shell: 'async',
  },
  { source: 'out = async (x, y, { a }) => { await y(a) }', expected: 'names a', index: 2, shell: 'async' },
  { source: 'out = async (x, y) => { await y(x) }', expected: 'none', index: 2 },
  { source: 'out = (x, y, { a }) => { y(a) }', expected: 'names a', index: 2 },
  { source: 'out = async function ({ a, b }, use) { await use(a) }', expected: 'names a b', shell: 'async' },
  {
    source: 'out = async function (x, y, { a }) { await y(a) }',
    expected: 'names a',
    index: 2,
    shell: 'async',
  },
  {
    source: 'async function named({ a }, use) { await use(a) } out = named',
    expected: 'names a',
    shell: 'async',
  },
  { source: 'out = function* ({ a, b }, use) { yield a }', expected: 'names a b' },
  { source: 'out = function* (x, y, { a }) { yield a }', expected: 'names a', index: 2 },
  { source: 'function* named({ a = 1 }) { yield a } out = named', expected: 'names a?' },
  {
    source: 'out = async function* ({ a, b }, use) { yield a }',
    expected: 'names a b',
    shell: 'async generator',
  },
  {
    source: 'out = async function* (x, y, { a }) { yield await a }',
    expected: 'names a',
    index: 2,
    shell: 'async generator',
  },
  {
    source: 'async function* named({ a }) { yield a } out = named',
    expected: 'names a',
    shell: 'async generator',
  },
  { source: 'out = { m({ a }, use) { return this.x } }.m', expected: 'names a' },
  { source: 'out = { async m({ a }, use) { await this.x } }.m', expected: 'names a' },
  { source: 'out = { *m({ a }, use) { yield this.x } }.m', expected: 'names a' },
  { source: 'out = { async *m({ a }, use) { yield this.x } }.m', expected: 'names a' },
  {
    source:
      'class A { z() {} } class B extends A { static async m({ a }) { await super.z(); return a } } out = B.m',
    expected: 'names a',
  },
  {
    source: 'out = function () { return async ({ a }) => this && a }.call({})',
    expected: 'names a',
    shell: 'async',
  },
  {
    source: 'out = async function ({ a }) { return arguments.length + a }',
    expected: 'names a',
    shell: 'async',
  },
  { source: 'out = function ({ a }) { return arguments.length + a }', expected: 'names a' },
  { source: 'out = ({ a = "x", b, c: { d } }) => a + b + d', expected: 'names a? b c' },
  {
    source: 'out = ({ a: { c = 2 } = {}, l: [p, q = 2], z: {}, y: [] }) => p + q + c',
    expected: 'names a? l z y',
  },
  {
    source: 'out = async ({ a = "http://x)", b = `}`, c }) => a + b + c',
    expected: 'names a? b? c',
    shell: 'async',
  },
  { source: 'out = ({ a, b } = {}) => a + b', expected: 'names a b' },
  {
    source: 'out = async ({ a, b } = {}, y = 1) => a + b',
    expected: 'names a b',
    shell: 'async',
    uncounted: true,
  },
  {
    source: 'out = async function ({ a, b = 2 } = {}) { return a + b }',
    expected: 'names a b?',
    shell: 'async',
    uncounted: true,
  },
  { source: 'out = function* ({ a: { z } = {}, b = 2 } = {}, use) { yield a }', expected: 'names a? b?' },
  {
    source: 'out = async function* ({ a } = {}) { yield a }',
    expected: 'names a',
    shell: 'async generator',
    uncounted: true,
  },
  { source: 'out = function (x = 1, { a }) { return a }', expected: 'names a', index: 1 },
  {
    source: 'out = async (x = 1, { a }) => a',
    expected: 'names a',
    index: 1,
    shell: 'async',
    uncounted: true,
  },
  { source: 'out = async ({ "a-b": x, ["c"]: y }) => x + y', expected: 'names a-b c', shell: 'async' },
  { source: 'out = ({ "a-b": x, ["c"]: y }) => x + y', expected: 'names a-b c' },
  { source: 'out = async ({ a }, ...args) => args', expected: 'names a', shell: 'async' },
  { source: 'out = ({ a: { b, ...r }, c = f(), d: [z] }) => r', expected: 'names a c? d', rest: true },
  {
    source: 'out = async ({ a, b = 1 }) => [1].map(({ z, ...y }) => ({ a, z, y, ...b }))',
    expected: 'names a b?',
    shell: 'async',
  },
  { source: 'out = async ({}) => 1', expected: 'names', shell: 'async' },
  { source: 'out = ({}) => 1', expected: 'names' },
  { source: 'out = ({ a, ...r }) => r', expected: 'rest', rest: true },
  { source: 'out = ({ ...r }) => r', expected: 'rest' },
  { source: 'out = async ({ a, ...r } = {}) => r', expected: 'rest', shell: 'async', uncounted: true },
  {
    source: 'out = async ({ a, ...r }) => r',
    expected: 'rest',
    shell: 'async',
  },
  { source: 'out = function* ({ a, ...r }) { yield r }', expected: 'rest', rest: true },
  {
    source: 'out = async function* ({ a, ...r }) { yield r }',
    expected: 'rest',
    shell: 'async generator',
  },
  { source: 'out = (...args) => args', expected: 'rest', list: true },
  {
    source: 'out = async (...args) => args',
    expected: 'rest',
    list: true,
    shell: 'async',
    uncounted: true,
  },
  { source: 'out = ({ [key]: x, ["a"]: y }) => x + y', expected: 'computed' },
  {
    source: 'out = async ({ [key]: x, ["a"]: y }) => x + y',
    expected: 'computed',
    shell: 'async',
  },
  { source: 'out = ([a, b]) => a + b', expected: 'pattern' },
  { source: 'out = done => { done.x }', expected: 'identifier done' },
  {
    source: 'out = function (done) { setTimeout(done) }',
    expected: 'identifier done',
  },
  {
    source: 'out = async done => { done.x }',
    expected: 'identifier done',
    shell: 'async',
  },
  { source: 'out = () => 1', expected: 'none' },
  { source: 'out = async () => 1', expected: 'none' },
  { source: 'out = async function () { return 1 }', expected: 'none' },
];

function expectedFrom(row: Row, compiler: CompilerCase): string {
  const hidden =
    row.shell !== undefined &&
    (compiler.shells === 'async' || (compiler.shells && row.shell === 'async generator'));
  if (hidden) return row.uncounted ? 'none' : 'gone shell babel';
  if (row.list && compiler.name.includes('for Safari 15')) return 'none';
  return row.rest && compiler.name.startsWith('Babel for Node 6') ? 'gone lowered babel' : row.expected;
}

test.each(compilers)('$name', compiler => {
  const compiled = compileAll(
    compiler.compile,
    rows.map(row => row.source),
  );
  const answers = rows.map((row, index) => `${row.source}: ${inShort(read(compiled[index]!, row.index))}`);
  expect(answers).toEqual(rows.map(row => `${row.source}: ${expectedFrom(row, compiler)}`));
});

describe.each(es5Compilers)('$name', ({ compile }) => {
  const gone = [
    'out = ({ a, b }) => a + b',
    'out = (x, { a }) => x + a',
    'out = function ({ a }) { return arguments.length + a }',
    'out = async ({ a }, use) => { await use(a) }',
    'out = async ({ a }, ...args) => args',
    'async function named({ a }, use) { await use(a) } out = named',
    'out = function* ({ a }, use) { yield a }',
    'out = async function* ({ a }, use) { yield a }',
    'out = { async m({ a }, use) { await this.x } }.m',
    'out = { async *m({ a }, use) { yield this.x } }.m',
    'class A { static async m({ a }) { await a } } out = A.m',
    'out = ({ a = "x", b }) => a + b',
    'out = ({ a: { b } }) => b',
    'out = ({ a, ...r }) => r',
  ];
  const compiled = compileAll(compile, gone);

  test.each(gone.map((source, index) => [source, index] as const))('%s: gone', (source, index) => {
    expect(read(compiled[index]!, source.includes('(x, ') ? 1 : 0)).toMatch(
      /^gone (lowered|shell|unreadable) /,
    );
  });

  test('a plain parameter is still one', () => {
    const [done, none] = compileAll(compile, ['out = function (done) { done() }', 'out = async () => 1']);
    expect(read(done!)).toBe('identifier done');
    expect(read(none!)).toBe('none');
  });
});

/** Without what is only to be shown, where the names are the compiler's, as are all of a minifier's. */
function inShort(answer: string): string {
  return answer.replace(/^(rest|computed|pattern) .*/, '$1').replace(/^identifier .$/, 'identifier done');
}

test('Istanbul does instrument', () => {
  expect(instrument('out = ({ a = 1 }) => a')).toMatch(/a = \(cov_\w+\(\)\.b\[0\]\[0\]\+\+, 1\)/);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the rows are source text

import { readParameters } from '../../../src/parameters';
import { readSlowly } from '../../../src/parameters/read';
import { fromSource, read, show } from './support';

type Row = [source: string, expected: string, index?: number];

function check(source: string, expected: string, index = 0): void {
  expect(read(fromSource(source), index)).toBe(expected);
}

describe('as written', () => {
  const rows: Row[] = [
    ['({ a, b }) => a', 'names a b'],
    ['async ({ a, b: x }) => x', 'names a b'],
    ['async({a})=>a', 'names a'],
    ['({}) => 1', 'names'],
    ['({ a, }) => a', 'names a'],
    ['({ a: x, a: y }) => x + y', 'names a'],
    ['({ a = 1, a: y }) => y', 'names a'],
    ['({ $a_1: x, async, get, of }) => x', 'names $a_1 async get of'],
    ['({ if: x, class: y }) => x', 'names if class'],
    ['({\n  a,\n  b,\n}) => a', 'names a b'],
    ['function ({ a }) {}', 'names a'],
    ['function named({ a }, b) {}', 'names a'],
    ['async function ({ a }) {}', 'names a'],
    ['function* ({ a }) {}', 'names a'],
    ['function*named({ a }) {}', 'names a'],
    ['async function * named ({ a }) {}', 'names a'],
    ['async ({ a }, request) => a', 'names a'],
    ['async ({ a }, request) => a', 'identifier request', 1],
    ['(x, y, { a }) => a', 'names a', 2],
    ['(x = 1, [y, z], { a }) => a', 'names a', 2],
    ['({ x }, { y: { z } }, { a }) => a', 'names a', 2],
    ['(x, y) => x', 'none', 2],
    ['x => x', 'none', 2],
    ['function (x, y) {}', 'none', 2],
    ['() => 1', 'none'],
    ['async () => 1', 'none'],
    ['function () {}', 'none'],
    ['function () { return arguments.length }', 'none'],
    ['done => done()', 'identifier done'],
    ['async done => done()', 'identifier done'],
    ['(done) => done()', 'identifier done'],
    ['(done,) => done()', 'identifier done'],
    ['async => async', 'identifier async'],
    ['t => t', 'identifier t'],
    ['_ => 1', 'identifier _'],
    ['(_a) => _a.b.c', 'identifier _a'],
    ['param => { const { a } = param; return a }', 'identifier param'],
    ['function (param) { const { a } = param; return a }', 'identifier param'],
    ['ref => { const { a } = ref; return a }', 'identifier ref'],
    ['ref => ref.a', 'identifier ref'],
    ['function (done) { var x = done.x; return x }', 'identifier done'],
    ['function (done) { return impl.apply(this, arguments) }', 'identifier done'],
    ['function (_) { return impl.apply(this, arguments) }', 'identifier _'],
    ['(done = 1) => done', 'none'],
    ['ctx => g({ a: 1 })', 'identifier ctx'],
    ['async ctx => g({ a: 1 })', 'identifier ctx'],
    ['class { constructor({ a }) {} }', 'none'],
    ['class Named extends (function ({ a }) {}) { m({ a }) {} }', 'none'],
    ['(function () { return ({ a = new.target }) => a })()', 'names a?'],
  ];
  test.each(rows)('%s: %s', check);
});

describe('defaults, nesting and keys', () => {
  const rows: Row[] = [
    ['({ a = 1, b }) => a', 'names a? b'],
    ['({ a = f(), b }) => a', 'names a? b'],
    ['({ a = (cov_1x().b[0][0]++, 1), b: x = (cov_1x().b[1][0]++, f({ c: 2 })) }) => a', 'names a? b?'],
    ['({ a = "http://x", b }) => a', 'names a? b'],
    ["({\n  a = 'http://x',\n  b\n}) => a", 'names a? b'],
    ['({ a = ")}, c", b }) => a', 'names a? b'],
    ["({ a = '\\'})', b }) => a", 'names a? b'],
    ['({ a = `)${"}" + `${1}`}, {`, b }) => a', 'names a? b'],
    ['({ a = /[/)}"]\\/,/g, b }) => a', 'names a? b'],
    ['({ a = ({ z }) => z, b = function ({ y }) {} }) => a', 'names a? b?'],
    ['({ a = class { m({ z }) {} }, b }) => a', 'names a? b'],
    ['({ a /* , c) */, // d}\n b }) => a', 'names a b'],
    ['(/* { z } */ { a }) => a', 'names a'],
    ['/* { z } */ ({ a }) => a', 'names a'],
    ['async /* (x) */ ({ a }) => a', 'names a'],
    ['function /* ( */ named /* { */ ({ a }) {}', 'names a'],
    ['({ a }, /* ) */ { b }) => a', 'names b', 1],
    ['({ a: { c } }) => c', 'names a'],
    ['({ a: { c } = {}, b: [d] = [] }) => c', 'names a? b?'],
    ['({ a: [, ...c] }) => c', 'names a'],
    ['({ a: { ...c } }) => c', 'names a'],
    ['({ a, b } = {}) => a', 'names a b'],
    ['({ a = 1 } = f({ z: 1 }), c) => a', 'names a?'],
    ["({ 'a-b': x, \"c d\": y = 1, '': z }) => x", 'names a-b c d? <empty>'],
    ["({ ['a']: x, [`b`]: y }) => x", 'names a b'],
    ['({ 0: x, 1.5: y }) => x', 'names 0 1.5'],
    ['({ \\u0061: x, ünï: y }) => x', 'names a ünï'],
    ['({ [a]: x }) => x', 'computed { [a]: x }'],
    ['({ b, ["a" + 1]: x }) => x', 'computed { b, ["a" + 1]: x }'],
    ['({ [`a${1}`]: x }) => x', 'computed { [`a${1}`]: x }'],
    ['({ [0]: x }) => x', 'computed { [0]: x }'],
    ['({ a, ...rest }) => a', 'rest { a, ...rest }'],
    ['({\n  a,\n  ...rest\n} = {}) => a', 'rest { a, ...rest }'],
    ['(...args) => args', 'rest ...args'],
    ['(x, ...args) => args', 'rest ...args', 2],
    ['(...[{ a }]) => a', 'rest ...[{ a }]'],
    ['([a]) => a', 'pattern [a]'],
    ['([a] = []) => a', 'pattern [a]'],
  ];
  test.each(rows)('%s: %s', check);

  test('shortens what it shows', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `key${index}`).join(', ');
    const read = readParameters(fromSource(`({ ${keys}, ...rest }) => 1`));
    expect(read).toMatchObject({ kind: 'rest', text: expect.stringMatching(/^\{ key0, .{0,80}…$/) });
  });
});

describe('methods', () => {
  const rows: Row[] = [
    ['{ db({ a }) {} }', 'names a'],
    ['{ async db({ a }) {} }', 'names a'],
    ['{ *db({ a }) {} }', 'names a'],
    ['{ async *db({ a }) {} }', 'names a'],
    ['{ async* db({ a }) {} }', 'names a'],
    ["{ 'quoted (name'({ a }) {} }", 'names a'],
    ["{ async *'quoted {name'({ a }) {} }", 'names a'],
    ['{ [key({ z: 1 })]({ a }) {} }', 'names a'],
    ['{ async [`x${1}`]({ a }) {} }', 'names a'],
    ['{ 12({ a }) {} }', 'names a'],
    ['{ async({ a }) {} }', 'names a'],
    ['{ get({ a }) {} }', 'names a'],
    ['{ static({ a }) {} }', 'names a'],
    ['{ function({ a }) {} }', 'names a'],
    ['{ if({ a = 1 }) {} }', 'names a?'],
    ['{ class({ a = 1 }) {} }', 'names a?'],
    ['{ constructor({ a = 1 }) {} }', 'names a?'],
    ['{ db({ a = 1 }) { return super.db(a) } }', 'names a?'],
    ['{ db(done) {} }', 'identifier done'],
    ['{ db() {} }', 'none'],
  ];
  test.each(rows)('%s: %s', (source, expected) => {
    expect(read(fromSource(`((key = () => 'k') => (${source}))()`))).toBe(expected);
  });

  const members: Row[] = [
    ['m({ a }) { return super.m(a) }', 'names a'],
    ['static async m({ a = 1 }) { await super.m(a) }', 'names a?'],
    ['async *m({ a: { b } }) { yield super.m(b) }', 'names a'],
    ['#p({ a = 1 }) { return this.#p }; m = this.#p', 'names a?'],
    ['#p = 1; m = ({ a = this.#p }) => a + super.x', 'names a?'],
    ['m = ({ a = new.target }) => a', 'names a?'],
    ['"use strict"({ a = 1 }) {}; m = this["use strict"]', 'names a?'],
  ];
  test.each(members)('class { %s }: %s', (member, expected) => {
    const made = fromSource(`(Class => Class.m ?? new Class().m)(class extends Object { ${member} })`);
    expect(read(made)).toBe(expected);
  });
});

describe('bodies that are only valid in place', () => {
  test.each([
    'async ({ a = 1 }) => { for await (const x of a) await x; return import.meta }',
    'async ({ a = 1 }) => { await import("x"); return a ? a?.b ?? 1 : /(?<x>\\d)/v }',
    'function* ({ a = 1 }) { const x = yield a; yield* x; return new.target }',
    'function ({ a = 1 }) { with (a) { return 010 } }',
    'function ({ a = 1 }) { label: for (;;) { break label } }',
  ])('%s', source => {
    expect(show(readSlowly(source, 0, 1))).toBe('names a?');
  });
});

describe('functions without source', () => {
  test('bound', () => {
    expect(readParameters(fromSource('(function ({ a }) {}).bind(null)'))).toEqual({
      kind: 'gone',
      reason: 'native',
      text: 'function () { [native code] }',
      compiler: undefined,
    });
    expect(show(readParameters(fromSource('(function ({ a }) {}).bind(null)'), 1))).toBe('none');
    expect(show(readParameters(fromSource('(() => 1).bind(null)')))).toBe('none');
  });

  test('native and proxied', () => {
    expect(show(readParameters(parseInt))).toBe('gone native ?');
    expect(show(readParameters(parseInt, 2))).toBe('none');
    expect(show(readParameters(fromSource('new Proxy(({ a }) => a, {})')))).toBe('gone native ?');
  });

  test('mocks', () => {
    expect(show(readParameters(jest.fn()))).toBe('none');
    // What a mock is made of, its parameter counts what the mocked function has; so do people's own shells.
    expect(show(readParameters(fromSource('function (_a) { return fn.apply(this, arguments); }')))).toBe(
      'identifier _a',
    );
  });

  test('source that cannot be parsed', () => {
    const fn = Object.assign(() => 1, {});
    const text = '({ a = 1 }) => { %Native() }';
    expect(readSlowly(text, 0, fn.length)).toEqual({
      kind: 'gone',
      reason: 'unreadable',
      text,
      compiler: undefined,
    });
    expect(show(readSlowly('class { @decorated() m() {} }', 0, 0))).toBe('none');
  });

  test('an own `toString` does not matter', () => {
    const fn = Object.assign(fromSource('({ a }) => a'), { toString: () => '({ z }) => z' });
    expect(show(readParameters(fn))).toBe('names a');
  });
});

describe('the answer', () => {
  test('is cached per function and index', () => {
    const fn = fromSource('({ a }, { b }) => a');
    expect(show(readParameters(fn, 1))).toBe('names b');
    expect(show(readParameters(fn))).toBe('names a');
    expect(readParameters(fn)).toBe(readParameters(fn, 0));
    expect(readParameters(fn, 1)).toBe(readParameters(fn, 1));
  });

  test('needs no parser where the head is plain', () => {
    jest.isolateModules(() => {
      jest.doMock('acorn', () => {
        throw new Error('parser loaded');
      });
      const fresh: typeof import('../../../src/parameters') = require('../../../src/parameters');
      const plain = [
        'async ({ a, b: x }) => `${a}${x}`',
        'async ({ a }, request) => a',
        'function* ({ a }) { yield a }',
        'async function named({ a }, use) {}',
        '() => 1',
        'async () => 1',
        'function () {}',
        'done => done()',
        '(done) => done()',
        '({ a, b } = {}) => a',
        '(_a, use_1) => __awaiter(void 0, [_a, use_1], void 0, function* ({ a, b: x }, use) { yield use(a); })',
        'function (_a) {\n    return __awaiter(this, arguments, void 0, function* ({ a }) { return a; });\n}',
        '(_0) => __async(null, [_0], function* ({ a }) {\n})',
        'function (_0) {\n  return __asyncGenerator(this, arguments, function* ({ a }) {\n  });\n}',
      ];
      for (const source of plain) fresh.readParameters(fromSource(source));
      expect(() => fresh.readParameters(fromSource('({ a = 1 }) => a'))).toThrow('parser loaded');
      jest.dontMock('acorn');
    });
  });
});

import { isAsyncGeneratorFunction, isGeneratorFunction } from '../../../src/parameters';
import { compilers, es5Compilers } from './compilers';
import { compileAll, fromSource } from './support';

type Kind = 'no generator' | 'generator' | 'async generator';

function kindOf(fn: ReturnType<typeof fromSource>): Kind {
  const kind = isGeneratorFunction(fn) ? 'generator' : 'no generator';
  if (!isAsyncGeneratorFunction(fn)) return kind;
  expect(kind).toBe('generator');
  return 'async generator';
}

test.each<[source: string, expected: Kind]>([
  ['function* () {}', 'generator'],
  ['async function* () {}', 'async generator'],
  ['{ *m() {} }', 'generator'],
  ['{ async *m() {} }', 'async generator'],
  ['(function* () {}).bind(null)', 'generator'],
  ['(async function* () {}).bind(null)', 'async generator'],
  ['() => 1', 'no generator'],
  ['async () => 1', 'no generator'],
  ['function () {}', 'no generator'],
  ['async function () {}', 'no generator'],
  ['{ generator() {} }', 'no generator'],
  ['class Generator {}', 'no generator'],
  ['(() => 1).bind(null)', 'no generator'],
  // Lowered, in forms that the matrix of installed compilers does not reach.
  ['function () { return tslib_1.__generator(this, function (_a) {}) }', 'generator'],
  [
    'function (_a) { return (0, tslib_1.__asyncGenerator)(this, arguments, function* ({ a }) {}) }',
    'async generator',
  ],
  [
    'function (_x) { return (0, _wrapAsyncGenerator2.default)(function* () {}).apply(this, arguments) }',
    'async generator',
  ],
  ['function out(_ref) { return regeneratorRuntime.wrap(function out$(_context) {}, _marked) }', 'generator'],
  [
    'function (_a) { cov_1x().f[0]++; cov_1x().s[0]++; return __generator(this, function (_b) {}) }',
    'generator',
  ],
  ['function () { var a = 1; return function* () {}() }', 'generator'],
  ['function () { return async function* () {}() }', 'async generator'],
  // They mention generators but are none.
  [
    'function (_a) { return __awaiter(this, void 0, void 0, function () { return __generator(this, f) }) }',
    'no generator',
  ],
  ['function () { return _asyncToGenerator(function* () {}).apply(this, arguments) }', 'no generator'],
  ['function () { return _asyncToGenerator(_regenerator().m(function _callee() {}))() }', 'no generator'],
  ['function () { return _async_to_generator(function* () {})() }', 'no generator'],
  ['function (_a) { return __awaiter(this, [_a], void 0, function* ({ a }) {}) }', 'no generator'],
  ['function () { const g = function* () {}; return g }', 'no generator'],
  ['function () { if (x) return __generator(this, f); return 1 }', 'no generator'],
  // The helper is in a closure, where an async generator looks like any async function.
  ['function (_x) { return _ref.apply(this, arguments) }', 'no generator'],
])('%s: %s', (source, expected) => {
  expect(kindOf(fromSource(source))).toBe(expected);
});

const sources: [source: string, expected: Kind][] = [
  ['out = function* () { yield 1 }', 'generator'],
  ['out = function* ({ a }, use) { yield a }', 'generator'],
  ['out = function* ({ a = 1 } = {}, use = 2) { yield a }', 'generator'],
  [
    'out = function* ({ a, ...rest }) { const b = yield a; try { yield* rest } finally { b() } }',
    'generator',
  ],
  ['function* named(x, y, { a }) { yield a } out = named', 'generator'],
  ['out = { *m({ a }) { yield this.a } }.m', 'generator'],
  ['class A { *m({ a }) { yield a } } out = A.prototype.m', 'generator'],
  ['out = { async *m({ a }) { yield this.a } }.m', 'async generator'],
  ['out = async function* () { yield 1 }', 'async generator'],
  ['out = async function* ({ a }, use) { yield await a }', 'async generator'],
  ['out = async function* ({ a = 1 } = {}) { yield a }', 'async generator'],
  ['async function* named({ a, ...rest }) { yield* rest } out = named', 'async generator'],
  ['out = ({ a }) => a', 'no generator'],
  ['out = async ({ a }) => a', 'no generator'],
  ['out = async ({ a }) => { await a; return function* () {} }', 'no generator'],
  ['out = async function ({ a }) { await a }', 'no generator'],
  ['out = { async m({ a }) { await this.a } }.m', 'no generator'],
  ['out = function ({ a }) { return a }', 'no generator'],
  ['out = function (done) { done() }', 'no generator'],
];

test.each([...compilers, ...es5Compilers])('$name', ({ compile, name, shells }) => {
  const compiled = compileAll(
    compile,
    sources.map(([source]) => source),
  );
  const expected = sources.map(([source, kind]) => {
    const isAsync = kind === 'async generator';
    // Out of sight in a closure, except for a method; minified, the helper has no name.
    const hidden =
      (shells && !source.includes('*m')) || name === 'esbuild to es2016 with object rest, minified';
    return `${source}: ${isAsync && hidden ? 'no generator' : kind}`;
  });
  expect(sources.map(([source], index) => `${source}: ${kindOf(compiled[index]!)}`)).toEqual(expected);
});

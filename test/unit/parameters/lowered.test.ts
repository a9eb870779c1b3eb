import { readParameters } from '../../../src/parameters';
import { fromSource, read } from './support';

type Row = [source: string, expected: string, index?: number];

// Forms of compilers and options that the matrix of installed compilers does not reach, and what resembles them.
const tables: Record<string, Row[]> = {
  'TypeScript with importHelpers': [
    ['(_a) => tslib_1.__awaiter(this, [_a], void 0, function* ({ a, b = 1 }) {})', 'names a b?'],
    ['(_a) => (0, tslib_1.__awaiter)(void 0, [_a], void 0, function* ({ a }) {})', 'names a'],
    ['function (_a) { return tslib_1.__asyncGenerator(this, arguments, function* ({ a }) {}) }', 'names a'],
    [
      'function (_a) { return (0, tslib_1.__asyncGenerator)(this, arguments, function* f_1({ a }) {}) }',
      'names a',
    ],
    ['(_a) => { var { a } = _a, r = tslib_1.__rest(_a, ["a"]); return r }', 'rest { a, ...r }'],
  ],
  'TypeScript: which parameter went where': [
    ['(_a, use_1) => __awaiter(this, [_a, use_1], void 0, function* ({ a }, use) {})', 'identifier use', 1],
    ['(x_1, _a) => __awaiter(this, [x_1, _a], void 0, function* (x, { a }) {})', 'names a', 1],
    ['(x_1, _a) => __awaiter(this, [x_1, _a], void 0, function* (x, { a }) {})', 'none', 2],
    ['(_a, ...args_1) => __awaiter(this, [_a, ...args_1], void 0, function* ({ a }, ...args) {})', 'names a'],
    [
      '(_a, ...args_1) => __awaiter(this, [_a, ...args_1], void 0, function* ({ a }, ...args) {})',
      'rest ...args',
      1,
    ],
    [
      '(_a, ...args_1) => __awaiter(this, [_a, ...args_1], void 0, function* ({ a }, { b } = {}) {})',
      'names b',
      1,
    ],
    [
      '(x_1, ...args_1) => __awaiter(this, [x_1, ...args_1], void 0, function* (x, y = 1, { b } = {}) {})',
      'names b',
      2,
    ],
    ['(...args_1) => __awaiter(this, [...args_1], void 0, function* (done = 1) {})', 'none'],
    ['(_a, _b) => __awaiter(this, [_a, _b], void 0, function* ({ a }, { b }) {})', 'names b', 1],
    ['(_a) => __awaiter(this, void 0, void 0, function* () {})', 'identifier _a'],
  ],
  'a lowered rest and a default': [
    ['(_a = {}) => { var { a } = _a, r = __rest(_a, ["a"]); }', 'rest { a, ...r }'],
    ['(_d = {}) => { var _e = _d.a, { x } = _e, r = __rest(_e, ["x"]), { b = 1 } = _d; }', 'names a b?'],
    ['async (_a = 1) => _a', 'none'],
    [
      '(_ref = {}) => { let { a: { x } = {} } = _ref, r = _objectWithoutProperties(_ref.a, _excluded); }',
      'names a?',
    ],
  ],
  'esbuild, which names through the whole file': [
    ['(_Li) => { var { f: _Mi } = _Li, _Ni = _Mi, { x } = _Ni, r = __objRest(_Ni, ["x"]); }', 'names f'],
    ['(__a) => { var _$a = __a, { a } = _$a, r = __objRest(_$a, ["a"]); }', 'rest { a, ...r }'],
    ['(_Ab, use) => __async(null, null, function* () { var r = __objRest(_Ab, []); })', 'rest { ...r }'],
    ['(_db) => { const { a } = _db; const b = _db.b; }', 'identifier _db'],
  ],
  'SWC, which puts parameters into an array': [
    ['(_0, _1) => { let _ref = [_0, _1], [_ref1, ..._rest] = _ref, { a } = _ref1; }', 'names a'],
    ['(_0, _1) => { let _ref = [_0, _1], [, { b }] = _ref; }', 'names b', 1],
    ['(_0 = void 0) => { let _ref = [_0], [_ref1 = {}] = _ref, { a = 1 } = _ref1; }', 'names a?'],
    [
      '(_0 = void 0) => { let _ref = [_0], [_ref1 = {}] = _ref, { a } = _ref1, r = _object_without_properties(_ref1, ["a"]); }',
      'rest { a, ...r }',
    ],
    ['(_0 = void 0) => { let _ref = [..._0], [_ref1] = _ref, { a } = _ref1; }', 'gone unreadable swc'],
  ],
  'TypeScript before 5.4': [
    ['({ a, b }) => __awaiter(void 0, void 0, void 0, function* () {})', 'names a b'],
    ['function ({ a }) { return __awaiter(this, void 0, void 0, function* () {}) }', 'names a'],
    ['function ({ a }) { return __asyncGenerator(this, arguments, function* f_1() {}) }', 'names a'],
    ['(done) => __awaiter(void 0, void 0, void 0, function* () { done() })', 'identifier done'],
  ],
  'Babel with its runtime package': [
    [
      '{ m(_x) { return (0, _asyncToGenerator2.default)(function* ({ a }) {}).apply(this, arguments) } }',
      'names a',
    ],
    [
      '{ m(_x) { return (0, _wrapAsyncGenerator2["default"])(function* ({ a }) {}).apply(this, arguments) } }',
      'names a',
    ],
  ],
  shells: [
    ['function (_x) { return _ref.apply(this, arguments); }', 'gone shell babel'],
    ['function named(_x, _x2) { return _named.apply(this, arguments); }', 'gone shell babel'],
    ['function named(x, y, _x3) { return _named.apply(this, arguments); }', 'gone shell babel', 2],
    ['function (_x) { return _ref.apply(this, arguments); }', 'none', 1],
    ['function () { return _ref.apply(this, arguments); }', 'none'],
    ['function (_0) { return _ref.apply(this, arguments); }', 'gone shell swc'],
    ['function (_) { return _named.apply(this, arguments); }', 'gone shell swc'],
    ['function (_param) { return _ref.apply(this, arguments); }', 'gone shell swc'],
    [
      'function (_x) { cov_1x().f[1]++; cov_1x().s[3]++; return _ref.apply(this, arguments); }',
      'gone shell babel',
    ],
    ['function (done) { return _ref.apply(this, arguments); }', 'identifier done'],
    ['function (_x) { log(); return _ref.apply(this, arguments); }', 'identifier _x'],
    ['function (_x) { return _ref.call(this, _x); }', 'identifier _x'],
  ],
  'taken apart for a rest': [
    [
      '(_a) => { "use strict"; var _this = this; var { a } = _a, r = __rest(_a, ["a"]); }',
      'rest { a, ...r }',
    ],
    ['(_a) => { var _b = _a.a, { b } = _b, r = __rest(_b, ["b"]), { c = 1 } = _a; }', 'names a c?'],
    ['(_a) => { var [_b] = _a.l, { x } = _b, y = __rest(_b, ["x"]), { z } = _a; }', 'names l z'],
    ['(_a) => { var r = __rest(_a.a, []); }', 'names a'],
    ['(_a) => { var _b = key, x = _a[_b], r = __rest(_a, [_b]); }', 'computed { [_b]: … }'],
    ['async _ref => { let { a, b = 1 } = _ref; let x = a.b; }', 'names a b?'],
    ['async _ref => { let {} = _ref; return 1 }', 'names'],
    ['_ref => { let [p, q] = _ref; }', 'pattern [p, q]'],
    ['_ref => { let r = _extends({}, (_objectDestructuringEmpty(_ref), _ref)); }', 'rest { ...r }'],
    ['async param => { let { a, b = 1 } = param; }', 'names a b?'],
    ['(x, param1) => { let { a } = param1, { b } = x; }', 'names a', 1],
    [
      'function () { let { a } = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {}; }',
      'names a',
    ],
    ['function (x) { let { a } = arguments.length > 1 ? arguments[1] : {}; }', 'names a', 1],
    ['function (x) { let { a } = arguments.length > 1 ? arguments[1] : {}; }', 'none', 2],
    // Babel, for `using`.
    ['_ref => { try { var _u = f(); let { a } = _ref; const x = _u.u(a); } catch (_) {} }', 'names a'],
    ['_ref => { let { a, [key]: x } = _ref; }', 'computed { a, [key]: x }'],
    ['(_0) => _async_to_generator(function* () { let { a } = _0, r = f(_0, ["a"]); })()', 'rest { a, ...r }'],
    // The nested function has a parameter of the same name.
    [
      'function (_a) { return __awaiter(this, void 0, void 0, function* (_a) { var { b } = _a; }); }',
      'identifier _a',
    ],
    // Code of no known form that uses a name which stands for a pattern hides what was requested.
    ['function (_ref) { return use(_ref); }', 'gone unreadable babel'],
    ['function (_0) { var _ref = [_0, _1]; }', 'gone unreadable swc'],
    ['function (_ref) { return 1; }', 'identifier _ref'],
  ],
  'compiled to ES5': [
    ['function (_a) { var a = _a.a, b = _a["b-c"]; }', 'gone lowered typescript'],
    ['function (_a) { var _b = _a.a, a = _b === void 0 ? f() : _b; }', 'gone lowered typescript'],
    ['function (_a) { var _b = _a === void 0 ? {} : _a, a = _b.a; }', 'gone lowered typescript'],
    ['function (_a) { var a = _a.a.b; }', 'gone lowered typescript'],
    ['function (_a) { var a = __read(_a.b, 1)[0]; }', 'gone lowered typescript'],
    ['function (_a) { var p = _a[0]; }', 'gone lowered typescript'],
    ['function (_a) { cov_1x().f[0]++; var a = (cov_1x().s[0]++, _a.a); }', 'gone lowered typescript'],
    [
      'function (_a) { return __awaiter(this, [_a], void 0, function (_b) { return __generator(this, f) }) }',
      'gone lowered typescript',
    ],
    [
      'function () { var args_1 = []; for (var _i = 0; _i < arguments.length; _i++) { args_1[_i] = arguments[_i]; } return __awaiter(this, __spreadArray([], args_1, true), void 0, function (_a) { return __generator(this, f) }) }',
      'gone lowered typescript',
    ],
    ['function (_temp) { var _ref = _temp === void 0 ? {} : _temp, a = _ref.a; }', 'gone lowered babel'],
    [
      'function () { var _ref = arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : {}, a = _ref.a; }',
      'gone lowered ?',
    ],
    [
      'function () { var a = (arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {}).a; }',
      'gone lowered ?',
    ],
    [
      'function () { var x = arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : 1; }',
      'none',
    ],
    ['function (x) { var _ref = arguments.length > 1 ? arguments[1] : undefined; }', 'gone lowered ?', 1],
    ['function (x) { var _ref = arguments.length > 1 ? arguments[1] : undefined; }', 'none', 2],
    [
      '{ m: function m(_ref) { return _asyncToGenerator(_regenerator().m(function _callee() { var a = _ref.a; }))() } }',
      'gone lowered babel',
    ],
    ['function (param) { var a = param.a; }', 'gone lowered swc'],
    [
      'function (param) { var a; return _ts_generator(this, function (_state) { a = param.a; }) }',
      'gone lowered swc',
    ],
    ['function (param, param1) { var a = param.a, b = param1.b; }', 'gone lowered swc', 1],
    ['(ref) => { let a = ref.a; return _async_to_generator(function* () {})(); }', 'gone lowered swc'],
    ['(ref) => { let ref1 = _object_destructuring_empty(ref); }', 'names'],
    ['function (_a) { if (x) { var a = _a.a; } }', 'identifier _a'],
    ['function (_a) { return _a.a; }', 'identifier _a'],
  ],
  'instrumented by Istanbul': [
    [
      `(_a) => {
        cov_1x().f[0]++;
        cov_1x().s[0]++;
        return __awaiter(void 0, [_a], void 0, function* ({ a, b = (cov_1x().b[0][0]++, 1) }) { cov_1x().f[1]++; });
      }`,
      'names a b?',
    ],
  ],
  minified: [
    ['(u,o)=>s(null,[u,o],function*({a:b,b:n=1},t){yield t(b)})', 'names a b?'],
    ['(u,o)=>s(null,[u,o],function*({a:b},t){yield t(b)})', 'identifier t', 1],
    ['function(e,u){return d(this,arguments,function*({a:t},n){yield n(t)})}', 'names a'],
    ['n=>e(null,null,function*(){var a=n,{a:c}=a,s=d(a,["a"]);return s})', 'rest { a, ...s }'],
    ['u=>{var o=c(u,[]);return o}', 'rest { ...o }'],
    ['d=>{const{a}=d;return a}', 'identifier d'],
    ['d=>{const{a}=d,r=omit(d,["b"]);return r}', 'identifier d'],
  ],
};

for (const [title, rows] of Object.entries(tables)) {
  describe(title, () => {
    test.each(rows)('%s: %s', (source, expected, index = 0) => {
      expect(read(fromSource(source), index)).toBe(expected);
    });
  });
}

test('lost names are shown with the source', () => {
  const source = 'function (_x) {\n  return _ref.apply(this, arguments);\n}';
  expect(readParameters(fromSource(source))).toEqual({
    kind: 'gone',
    reason: 'shell',
    text: 'function (_x) { return _ref.apply(this, arguments); }',
    compiler: 'babel',
  });
});

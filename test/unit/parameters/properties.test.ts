import { readParameters } from '../../../src/parameters';
import { quickRead } from '../../../src/parameters/quick';
import { readSlowly } from '../../../src/parameters/read';
import type { RequestedName } from '../../../src/parameters/types';
import * as fc from '../../fast-check';
import { sized } from '../../sizes';
import { fromSource } from './support';

/** A piece of source with the names that it requests. */
interface Printed {
  readonly text: string;
  readonly names: readonly RequestedName[];
}

const SPACES = ['', '', ' ', '\n', '\t', '  \n  '];
const COMMENTS = [
  '/* ) */',
  '/* }, { z } */',
  '// => "\n',
  "/* ' ` */",
  "// don't\n",
  '/** @type {{ z: 1 }} */',
];

/** What may stand between two tokens; `noisy` adds comments. */
const gap = (noisy: boolean) => fc.constantFrom(...SPACES, ...(noisy ? COMMENTS : []));

const NASTY_DEFAULTS = [
  '1',
  '-1',
  'f(1, { z: 2 })',
  '"http://x"',
  `'it\\'s }, {'`,
  '")"',
  '`}`',
  '`$' + '{"}"}) $' + '{`$' + '{[1, "`"].length}`},`',
  '/[/}"]\\)\\//g',
  'x / y / z',
  '{ a: 1, b: [2, 3] }',
  '[1, { z: ")" }]',
  '({ z }) => z',
  'async ({ z }, [y]) => { await z; return y }',
  'function ({ z }) { return "," }',
  'class { static z = 1; m({ z }) {} }',
  'x ? y : z',
  'void 0',
  '(cov_1x().b[0][0]++, 1)',
  'new (class {})()',
  'typeof /=/ === "}"',
];

const identifier = fc
  .stringMatching(/^[a-zA-Z$][a-zA-Z0-9$_]{0,6}$/)
  // A prefix keeps words such as `do` and `yield` out; they are fine as keys only.
  .map(name => `id${name}`);
const keyword = fc.constantFrom(
  'if',
  'class',
  'default',
  'async',
  'get',
  'static',
  'of',
  'yield',
  'function',
);

/** One property of the pattern; in plain lists without defaults, nesting and quotes. */
function property(plain: boolean): fc.Arbitrary<Printed> {
  const space = gap(!plain);
  const renamed = fc
    .tuple(fc.oneof(identifier, keyword), space, space, identifier)
    .map(([name, before, after, to]) => ({
      text: `${name}${before}:${after}${to}`,
      names: [{ name, optional: false }],
    }));
  const short = identifier.map(name => ({ text: name, names: [{ name, optional: false }] }));
  if (plain) return fc.oneof(short, renamed);

  const target = fc.oneof(
    identifier,
    fc.constantFrom('{ z }', '{ z: { y = "}" } = {} }', '[z, , ...y]', '[{ z } = {}]', '{ ...z }', '{}'),
  );
  const quoted = fc.oneof(
    fc.string().map(name => [name, JSON.stringify(name)] as const),
    fc.constantFrom(["it's", "'it\\'s'"] as const, ['a}', "'a}'"] as const, ['a:b', '"a:b"'] as const),
  );
  const key = fc.oneof(
    identifier.map(name => [name, name] as const),
    quoted,
    quoted.map(([name, text]) => [name, `[${text}]`] as const),
  );
  const nested = fc.tuple(key, space, space, target).map(([[name, text], before, after, to]) => ({
    text: `${text}${before}:${after}${to}`,
    names: [{ name, optional: false }],
  }));
  return fc
    .tuple(fc.oneof(short, renamed, nested), fc.option(fc.constantFrom(...NASTY_DEFAULTS)), space, space)
    .map(([printed, value, before, after]) =>
      value === null
        ? printed
        : {
            text: `${printed.text}${before}=${after || ' '}${value}`,
            names: printed.names.map(({ name }) => ({ name, optional: true })),
          },
    );
}

function pattern(plain: boolean): fc.Arbitrary<Printed> {
  const space = gap(!plain);
  return fc
    .tuple(
      fc.array(fc.tuple(space, property(plain), space), { maxLength: 6 }),
      fc.boolean(),
      space,
      plain ? fc.constant(null) : fc.option(fc.constantFrom('{}', 'f({ z: ")" })', '{ "}": 1 }')),
    )
    .map(([properties, comma, last, value]) => {
      const list = properties.map(([before, { text }, after]) => before + text + after).join(',');
      const end = comma && properties.length > 0 ? ',' : '';
      return {
        text: `{${list}${end}${last}}${value === null ? '' : ` = ${value}`}`,
        names: once(properties.flatMap(([, { names }]) => names)),
      };
    });
}

function once(names: readonly RequestedName[]): RequestedName[] {
  const merged = new Map<string, boolean>();
  for (const { name, optional } of names) merged.set(name, optional && merged.get(name) !== false);
  return [...merged].map(([name, optional]) => ({ name, optional }));
}

const HEADS: [before: string, after: string][] = [
  ['(', ') => 1'],
  ['async (', ') => ({ z: ")" })'],
  ['async(', ')=>{}'],
  ['function (', ') { return "}" }'],
  ['function* named(', ') { yield { z: 1 } }'],
  ['async function(', ') { await 1 }'],
  ['async function * named (', ') {}'],
  ['{ m(', ') { return super.m } }'],
  ['{ async *m(', ') { yield await 1 } }'],
  ['{ async m (', ') {} }'],
];

/** A function whose parameter at `index` is the pattern. */
function functionWith(
  plain: boolean,
): fc.Arbitrary<{ source: string; index: number; names: readonly RequestedName[] }> {
  const space = gap(!plain);
  const other = plain
    ? fc.oneof(identifier, fc.constantFrom('{ z }', '{}', '{ z: y }'))
    : fc.oneof(
        identifier,
        fc.constantFrom('{ z = ")" }', '[z = "}"]', '[]', 'z = { y: 1 }', 'z = ({ y }) => y'),
      );
  return fc
    .tuple(
      fc.constantFrom(...HEADS),
      fc.array(other, { maxLength: 3 }),
      fc.tuple(space, pattern(plain), space),
      fc.array(other, { maxLength: 2 }),
    )
    .map(([[before, after], earlier, [left, { text, names }, right], later]) => ({
      source: before + [...earlier, left + text + right, ...later].join(', ') + after,
      index: earlier.length,
      names,
    }));
}

/** Not every list is valid source: two of its parts may share a variable. */
function make(source: string): ReturnType<typeof fromSource> | undefined {
  try {
    return fromSource(source);
  } catch (error) {
    if (/already been declared|Duplicate parameter/.test(String(error))) return undefined;
    throw error;
  }
}

test('the names in any parameter are found', () => {
  fc.assert(
    fc.property(functionWith(false), ({ source, index, names }) => {
      const fn = make(source);
      fc.pre(fn !== undefined);
      expect(readParameters(fn, index)).toEqual({ kind: 'names', names });
    }),
    { numRuns: sized(300, 1500) },
  );
});

test('the quick path reads every plain list as the parser does', () => {
  fc.assert(
    fc.property(functionWith(true), ({ source, index, names }) => {
      const fn = make(source);
      fc.pre(fn !== undefined);
      const text = Function.prototype.toString.call(fn);
      expect(quickRead(text, index, fn.length)).toEqual({ kind: 'names', names });
      for (let at = 0; at < 6; at++) {
        const quick = quickRead(text, at, fn.length);
        if (quick) expect(readSlowly(text, at, fn.length)).toEqual(quick);
      }
    }),
    { numRuns: sized(200, 1000) },
  );
});

test('the quick path never contradicts the parser', () => {
  fc.assert(
    fc.property(functionWith(false), fc.nat({ max: 5 }), ({ source }, index) => {
      const fn = make(source);
      fc.pre(fn !== undefined);
      const text = Function.prototype.toString.call(fn);
      const quick = quickRead(text, index, fn.length);
      if (quick) expect(readSlowly(text, index, fn.length)).toEqual(quick);
    }),
    { numRuns: sized(200, 1000) },
  );
});

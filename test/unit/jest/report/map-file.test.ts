import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { openMap } from '../../../../src/jest/report/map-file';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'map-file-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** What is read of a map: its sources, and all of its mappings. */
function read(text: string): { sources: readonly unknown[]; mappings: string } | undefined {
  const file = path.join(folder, 'a.map');
  fs.writeFileSync(file, text);
  const map = openMap(file);
  if (map === undefined) return undefined;
  let { mappings } = map;
  for (let more = map.more(); more !== ''; more = map.more()) mappings += more;
  expect(map.more()).toBe('');
  return { sources: map.sources, mappings };
}

const PIECE = 64 * 1024;
const mappingsOf = (length: number): string => 'AACA;IACE,GAAG;'.repeat(length / 15);
const map = (text: number, mappings: number): Record<string, unknown> => ({
  version: 3,
  names: [],
  sources: ['a.ts', 'b.ts'],
  sourcesContent: ['"mappings":"A"'.padEnd(text, 'ä')],
  mappings: mappingsOf(mappings),
});

/** The keys of a map in the orders in which compilers write them. */
const ORDERS = {
  Babel: ['version', 'names', 'sources', 'sourcesContent', 'mappings', 'ignoreList'],
  SWC: ['version', 'sources', 'sourcesContent', 'names', 'mappings'],
  esbuild: ['version', 'sources', 'sourcesContent', 'mappings', 'names'],
  'ts-jest': ['version', 'file', 'mappings', 'names', 'sources', 'sourcesContent'],
  TypeScript: ['version', 'file', 'sourceRoot', 'sources', 'names', 'mappings', 'sourcesContent'],
};

test.each(Object.entries(ORDERS))('the order of %s', (_, keys) => {
  for (const [text, mappings] of [
    [0, 0],
    [10, 15],
    [10, 9000],
    [90_000, 150],
    [90_000, 300_000],
  ] as const) {
    const whole = { ...map(text, mappings), file: 'a.js', ignoreList: [0, 1], sourceRoot: '' } as Record<
      string,
      unknown
    >;
    const ordered = Object.fromEntries(keys.map(key => [key, whole[key]]));
    expect(read(JSON.stringify(ordered))).toEqual({ sources: ['a.ts', 'b.ts'], mappings: whole.mappings });
  }
});

test('a word that lies across two pieces is found', () => {
  const around = (key: string): number => PIECE - JSON.stringify(map(0, 0)).indexOf(key);
  for (let shift = -4; shift < 20; shift++) {
    const { sources, mappings } = read(
      JSON.stringify({ ...map(0, 1500), sourcesContent: ['x'.repeat(around('"mappings') - shift)] }),
    )!;
    expect([sources, mappings]).toEqual([['a.ts', 'b.ts'], mappingsOf(1500)]);
    // And the end of the mappings, in the first piece or in a later one.
    for (const length of [1500, 90_000]) {
      const whole = map(0, length);
      const end = JSON.stringify(whole).indexOf('"}');
      const padding = 'x'.repeat(Math.ceil(end / PIECE) * PIECE - end + 16 - shift);
      const ending = { ...whole, sourcesContent: [padding], ignoreList: [1] };
      expect(read(JSON.stringify(ending))).toMatchObject({ mappings: whole.mappings });
    }
    // What stands before these is longer than a piece.
    const { names: _, ...rest } = map(0, 1500);
    const late = { names: ['x'.repeat(around('"sources') - shift)], ...rest };
    expect(read(JSON.stringify(late))).toMatchObject({ mappings: mappingsOf(1500) });
    const rooted = { names: ['x'.repeat(PIECE - 12 - shift)], sourceRoot: '/elsewhere', ...rest };
    expect(read(JSON.stringify(rooted))).toBeUndefined();
  }
});

test.each([
  ['sections', { sections: [] }, {}],
  ['a root before the mappings', { sourceRoot: '/elsewhere' }, {}],
  ['a root after them', {}, { sourceRoot: '/elsewhere' }],
  ['a long root after them', {}, { sourceRoot: '/else/where'.repeat(300) }],
])('%s: undefined', (_, before, after) => {
  for (const text of [0, 2 * PIECE])
    expect(read(JSON.stringify({ ...before, ...map(text, 9000), ...after }))).toBeUndefined();
});

test('what is no map, or none with mappings: undefined', () => {
  for (const text of [
    '',
    '{}',
    '"mappings":"',
    JSON.stringify({ ...map(2 * PIECE, 0), mappings: undefined }),
  ])
    expect(read(text)).toBeUndefined();
});

test('a file that changes meanwhile is read to its end', () => {
  const file = path.join(folder, 'b.map');
  fs.writeFileSync(file, JSON.stringify(map(10, 300_000)));
  const opened = openMap(file)!;
  fs.truncateSync(file, 70_000);
  expect(opened.more().length).toBeGreaterThan(0);
  expect(opened.more()).toBe('');
});

import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { SourceLines } from '../../../../src/jest/report/source-lines';

/** A mapping: the column in the code, and what it stands for: source, line, column and name. */
type Mapping = [number] | [number, number, number, number] | [number, number, number, number, number];

/** The library with which Jest reads source maps. */
const { TraceMap, encodedMappings, originalPositionFor } = createRequire(
  createRequire(require.resolve('jest-runner')).resolve('@jest/source-map'),
)('@jridgewell/trace-mapping') as {
  readonly TraceMap: new (map: object) => object;
  encodedMappings(map: object): string;
  originalPositionFor(
    map: object,
    position: { readonly line: number; readonly column: number },
  ): { readonly source: string | null; readonly line: number | null };
};

const SOURCES = ['a.ts', 'b.ts', 'c.ts'];
const number = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 100_000 }));
const place = [fc.nat({ max: SOURCES.length - 1 }), number, number] as const;
const mapping: fc.Arbitrary<Mapping> = fc.oneof(
  { arbitrary: fc.tuple(number), weight: 1 },
  { arbitrary: fc.tuple(number, ...place), weight: 4 },
  { arbitrary: fc.tuple(number, ...place, fc.constant(0)), weight: 2 },
);
const lines = fc.array(
  fc.array(mapping, { maxLength: 6 }).map(many => many.sort((a, b) => a[0] - b[0])),
  { maxLength: 12 },
);

const mapOf = (decoded: readonly (readonly Mapping[])[]): object =>
  new TraceMap({ version: 3, names: ['name'], sources: SOURCES, mappings: decoded });

test('finds what the library of Jest finds, in any order', () => {
  fc.assert(
    fc.property(lines, fc.array(fc.tuple(fc.nat({ max: 14 }), number)), (decoded, asked) => {
      const map = mapOf(decoded);
      const found = new SourceLines(encodedMappings(map));
      // Also at each mapping, and beside it.
      const edges = decoded.flatMap((each, line) =>
        each.flatMap(([column]) => [column - 1, column, column + 1].map(at => [line, Math.max(0, at)])),
      );
      for (const [line, column] of [...asked, ...edges] as [number, number][]) {
        const expected = originalPositionFor(map, { line: line + 1, column });
        const { source, line: at } = found.find(line + 1, column);
        expect({ source: source === undefined ? null : SOURCES[source], line: at }).toEqual({
          source: expected.source,
          line: expected.line ?? line + 1,
        });
      }
    }),
  );
});

test.each([
  ['AAAA!', 'damaged mappings'],
  ['AAAAé', 'damaged mappings'],
  ['KAAA,DAAA', 'mappings in no order'],
])('refuses %j: %s', (mappings, error) => {
  expect(() => new SourceLines(mappings).find(1, 0)).toThrow(error);
});

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SourceMaps } from '../../../../src/jest/report/source-maps';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'maps-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const CODE = '/p/test/a.test.js';
/** Line 1 is line 3 of the first source; nothing maps to line 2. */
const MAP = {
  version: 3,
  sources: ['a.test.ts'],
  names: [],
  sourcesContent: ['"mappings":"'],
  mappings: 'AAEA;A',
};

const frame = (file: string | null, line: number | null = 1, column: number | null = 5): NodeJS.CallSite =>
  ({ getFileName: () => file, getLineNumber: () => line, getColumnNumber: () => column }) as NodeJS.CallSite;

/** The maps of a file, of which the text is given. */
function mapsWith(text: string): SourceMaps {
  const file = path.join(folder, 'a.map');
  fs.writeFileSync(file, text);
  return new SourceMaps(new Map([[CODE, file]]));
}

test.each([
  ['beside the code', {}, '/p/test/a.test.ts'],
  ['in another folder', { sources: ['../src/a b.ts'] }, '/p/src/a b.ts'],
  ['absolute', { sources: ['/q/a.ts', 'b.ts'] }, '/q/a.ts'],
  ['with an empty root', { sourceRoot: '' }, '/p/test/a.test.ts'],
])('a source %s', (_, more, file) => {
  const maps = mapsWith(JSON.stringify({ ...MAP, ...more }));
  expect(maps.find(frame(CODE))).toEqual({ file, line: 3 });
  expect(maps.find(frame(CODE, 2))).toEqual({ file: CODE, line: 2 });
});

test.each([
  ['sections', JSON.stringify({ version: 3, sections: [] })],
  ['a root', JSON.stringify({ ...MAP, sourceRoot: '/elsewhere' })],
  ['a source that is a URL', JSON.stringify({ ...MAP, sources: ['webpack://a.ts'] })],
  ['a source that a URL writes otherwise', JSON.stringify({ ...MAP, sources: ['%41.ts'] })],
  ['a source that is not ASCII', JSON.stringify({ ...MAP, sources: ['ä.ts'] })],
  ['no source where one is named', JSON.stringify({ ...MAP, sources: [] })],
  ['a source of null', JSON.stringify({ ...MAP, sources: [null] })],
  ['space between its parts', JSON.stringify(MAP, undefined, 2)],
  ['no mappings', JSON.stringify({ ...MAP, mappings: undefined })],
  ['damaged mappings', JSON.stringify({ ...MAP, mappings: '!' })],
  ['no map in it', ''],
])('a map with %s is left to Jest', (_, text) => {
  expect(mapsWith(text).find(frame(CODE))).toBeUndefined();
});

test('so are a file that is gone, one without a map, one that Jest has not transformed, and code without a place', () => {
  const maps = new SourceMaps(
    new Map([
      [CODE, path.join(folder, 'gone')],
      ['/p/plain.js', ''],
    ]),
  );
  const frames = [frame(CODE), frame('/p/plain.js'), frame('/p/other.js'), frame(null), frame(CODE, null)];
  expect(frames.map(each => maps.find(each))).toEqual(frames.map(() => undefined));
});

test('a file that Jest transforms later has its map then, which is read once', () => {
  const files = new Map<string, string>();
  const maps = new SourceMaps(files);
  expect(maps.find(frame(CODE))).toBeUndefined();
  const file = path.join(folder, 'a.map');
  fs.writeFileSync(file, JSON.stringify(MAP));
  files.set(CODE, file);
  expect(maps.find(frame(CODE))).toMatchObject({ line: 3 });
  fs.rmSync(file);
  expect(maps.find(frame(CODE))).toMatchObject({ line: 3 });
});

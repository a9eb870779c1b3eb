import type { LaneRow } from '../../../../../src/observe/events/row';
import type { Part } from '../../../../../src/observe/page/client/parts';
import { layOut, within } from '../../../../../src/observe/page/client/tracks';

const LANE: LaneRow = { row: 'lane', id: 'w', name: 'worker 1', pid: 1, hasFiles: true, begin: 0, end: 100 };

function part(kind: Part['kind'], begin: number, end: number): Part {
  const name = `${kind} ${begin}-${end}`;
  return { kind, begin, end, name, id: name, lane: 'w', failed: false, lost: false, errors: [], text: name };
}

function tracksOf(...parts: Part[]): string[][] {
  const [lane] = layOut({ lanes: [LANE], parts });
  return lane!.tracks.map(track => track.map(({ name }) => name));
}

test('files, tests and what runs in them have rows of their own', () => {
  expect(tracksOf(part('file', 0, 9), part('test', 1, 8), part('set-up', 2, 3), part('body', 3, 5))).toEqual([
    ['file 0-9'],
    ['test 1-8'],
    ['set-up 2-3', 'body 3-5'],
  ]);
});

test('what overlaps stands in another row, and later parts fill the first free one', () => {
  expect(tracksOf(part('test', 0, 5), part('test', 1, 3), part('test', 3, 4), part('test', 5, 6))).toEqual([
    ['test 0-5', 'test 5-6'],
    ['test 1-3', 'test 3-4'],
  ]);
});

test('more than twelve at once share the last row', () => {
  const tracks = tracksOf(...Array.from({ length: 20 }, (_, at) => part('test', at, 100)));
  expect(tracks.map(({ length }) => length)).toEqual([...Array.from({ length: 11 }, () => 1), 9]);
});

test('only the parts within a span are drawn', () => {
  const track = Array.from({ length: 1000 }, (_, at) => part('test', at, at + 1));
  expect([...within(track, 10.5, 12.5)].map(({ begin }) => begin)).toEqual([10, 11, 12]);
  expect([...within(track, 5000, 6000)]).toEqual([]);
});

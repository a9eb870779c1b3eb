import type { TimedEvent } from '../../../../src/observe/events/event';
import { inOrder } from '../../../../src/observe/rows/in-order';

/** The lanes of the events, each with its time, as they are taken. */
function taken(streams: Readonly<Record<string, readonly number[]>>): string[] {
  const found: string[] = [];
  inOrder(
    Object.entries(streams).map(([lane, times]) => [
      lane,
      times.map((time): TimedEvent => ({ type: 'interrupt', time })).values(),
    ]),
    ({ time }, lane) => found.push(`${lane}${time}`),
  );
  return found;
}

test('events of several processes come in the order in which they happened', () => {
  expect(taken({ a: [1, 2, 7], b: [], c: [3, 4, 5, 9], d: [6, 8] })).toEqual([
    'a1',
    'a2',
    'c3',
    'c4',
    'c5',
    'd6',
    'a7',
    'd8',
    'c9',
  ]);
});

test('of events at one moment, those of the first process come first', () => {
  expect(taken({ a: [2, 2, 3], b: [1, 2, 3] })).toEqual(['b1', 'a2', 'a2', 'b2', 'a3', 'b3']);
});

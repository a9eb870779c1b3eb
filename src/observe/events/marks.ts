import type { HappenedEvent, Id } from './event';

/*
 * A stream is made of lines. Each is a JSON array `[time, numbers, values]`, stands alone, since one before it may be
 * lost, and has no `<`, since it may stand in a page as it is. `time` is in ms since the epoch. In turn, `numbers` has
 * for each event the µs since the event before or `time`, a mark, and what belongs to the mark. Most of a stream is small
 * tests with small fixtures, so their events are numbers alone: objects that are kept until they are written would be
 * copied by each garbage collection in between, and code that makes them takes thousands of tests until it is fast.
 *
 * An id is its difference to the id before it in the line. `uses` are how many there are, and the instances' ids. Numbers
 * are written as in the mappings of a source map, and may be longer: digits of base 64, the lowest first, with five bits
 * each and one that says that another one follows; the lowest bit of a number is its sign.
 * https://tc39.es/ecma426/#sec-base64-vlq
 */
export const MARK = {
  /** Any event: the next of `values`. */
  event: 0,
  /** `id`. A test has begun in the file and block of the test before it; the next of `values` is its title. */
  testBegin: 1,
  /** `id`, `uses`. It has passed. */
  testEnd: 2,
  /** `id` of the instance, `id` of the fixture, `uses`. It is set up for the last test that has begun. */
  setUpBegin: 3,
  /** `id`. It has passed. */
  setUpEnd: 4,
  /** `id` of the test. */
  bodyBegin: 5,
  /** `id` of the test. */
  bodyEnd: 6,
  /** `id` of the instance. */
  tearDownBegin: 7,
  /** `id` of the instance. It has passed. */
  tearDownEnd: 8,
} as const;

/** A phase that begins or ends, and nothing more to say. */
export type PhaseMark =
  | typeof MARK.setUpEnd
  | typeof MARK.bodyBegin
  | typeof MARK.bodyEnd
  | typeof MARK.tearDownBegin
  | typeof MARK.tearDownEnd;

/** A line of a stream. */
export type Line = readonly [time: number, numbers: string, values: readonly unknown[]];

/** The event of a phase; undefined for other marks. */
export function phaseEvent(mark: number, id: Id): HappenedEvent | undefined {
  switch (mark) {
    case MARK.setUpEnd:
      return { type: 'set-up-end', instance: id, outcome: 'passed' };
    case MARK.bodyBegin:
      return { type: 'body-begin', test: id };
    case MARK.bodyEnd:
      return { type: 'body-end', test: id };
    case MARK.tearDownBegin:
      return { type: 'tear-down-begin', instance: id };
    case MARK.tearDownEnd:
      return { type: 'tear-down-end', instance: id, outcome: 'passed' };
    default:
      return undefined;
  }
}

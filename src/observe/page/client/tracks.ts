import type { Id } from '../../events/event';
import type { Model } from './model';
import type { Part } from './parts';

/** The rows of a lane: what overlaps in time stands in different rows. */
export interface Lane {
  readonly id: Id;
  readonly name: string;
  /** Each row's parts, in the order of their begin. */
  readonly tracks: readonly (readonly Part[])[];
}

/** What stands together, outermost first. */
const GROUP_OF: Readonly<Record<Part['kind'], number>> = {
  file: 0,
  test: 1,
  'set-up': 2,
  body: 2,
  hook: 2,
  teardown: 2,
  wait: 2,
};

/** A group takes no more rows than this; the last one then holds the rest, overlapping. */
const MOST = 12;

/** Lays the parts of a run out in lanes and rows. */
export function layOut({ lanes, parts }: Pick<Model, 'lanes' | 'parts'>): Lane[] {
  const byLane = new Map<Id, Part[][]>(lanes.map(({ id }) => [id, [[], [], []]]));
  for (const part of parts) byLane.get(part.lane)?.[GROUP_OF[part.kind]]?.push(part);
  return lanes.map(({ id, name }) => ({ id, name, tracks: (byLane.get(id) ?? []).flatMap(pack) }));
}

/** Each part goes into the first row that is free when it begins. */
function pack(parts: readonly Part[]): Part[][] {
  const rows: Part[][] = [];
  const ends: number[] = [];
  for (const part of parts) {
    let row = ends.findIndex(end => end <= part.begin);
    if (row < 0) row = Math.min(rows.length, MOST - 1);
    rows[row] ??= [];
    rows[row]!.push(part);
    ends[row] = Math.max(ends[row] ?? 0, part.end);
  }
  return rows;
}

/** The parts of a row that overlap a span of time: from the first one, up to the last one. */
export function* within(track: readonly Part[], from: number, to: number): Generator<Part> {
  // A row may hold parts that overlap (see `MOST`), but then its ends still rise, nearly always.
  let low = 0;
  let high = track.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (track[middle]!.end < from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < track.length && track[at]!.begin <= to; at++) yield track[at]!;
}

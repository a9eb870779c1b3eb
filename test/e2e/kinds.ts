import { sizedTo } from '../sizes';
import { IN_BAND, WORKERS } from './run-jest';

/** How a run is made: by a name, with arguments of Jest and a number of processes that run tests. */
type Kind = readonly [name: string, args: readonly string[], processes: number];

/** With workers, fixtures live in the main process and in others: `npm test` does with that kind alone. */
export const KINDS: readonly Kind[] = sizedTo(1, [
  ['with two workers', WORKERS, 2],
  ['in band', IN_BAND, 1],
]);

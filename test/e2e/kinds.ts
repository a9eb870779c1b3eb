import { sizedTo } from '../sizes';
import { IN_BAND, WORKERS } from './run-jest';

/** How a run is made: by a name, with arguments of Jest and a number of processes that run tests. */
type Kind = readonly [name: string, args: readonly string[], processes: number];

const OF_TWO_WORKERS: Kind = ['with two workers', WORKERS, 2];
const OF_ONE_PROCESS: Kind = ['in band', IN_BAND, 1];

/** With workers, fixtures live in the main process and in others: `npm test` does with that kind alone. */
export const KINDS: readonly Kind[] = sizedTo(1, [OF_TWO_WORKERS, OF_ONE_PROCESS]);

/** The same for what crosses no process: there `npm test` does with the other kind, which takes a fraction of the time. */
export const LOCAL_KINDS: readonly Kind[] = sizedTo(1, [OF_ONE_PROCESS, OF_TWO_WORKERS]);

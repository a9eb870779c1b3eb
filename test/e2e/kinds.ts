import { sizedTo } from '../sizes';
import { IN_BAND, WORKERS } from './run-jest';

/** How a run is made: by a name, with arguments of Jest and a number of processes that run tests. */
type Kind = readonly [name: string, args: readonly string[], processes: number];

const OF_TWO_WORKERS: Kind = ['with two workers', WORKERS, 2];
const OF_ONE_PROCESS: Kind = ['in band', IN_BAND, 1];

/** `npm test` does with one process, which takes a fraction of the time. */
export const KINDS: readonly Kind[] = sizedTo(1, [OF_ONE_PROCESS, OF_TWO_WORKERS]);

/** The same for what is about more than one process: there `npm test` does with workers. */
export const WORKER_KINDS: readonly Kind[] = sizedTo(1, [OF_TWO_WORKERS, OF_ONE_PROCESS]);
